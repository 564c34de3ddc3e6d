// You have found the right albums. What is asked for are their titles.
const albums = require('./albums.json');

exports.byYear = () => [...albums].sort((one, other) => one.year - other.year);

exports.titlesBy = (artist) => albums.filter((album) => album.artist === artist);
