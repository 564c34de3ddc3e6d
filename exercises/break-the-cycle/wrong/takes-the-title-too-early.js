// Begin with the album: it has not exported its title yet when you take it. A value that is taken out does not change any more.
exports.describe = (title) => `${title} (${albumTitle})`;

const { title: albumTitle } = require('./album.js');
