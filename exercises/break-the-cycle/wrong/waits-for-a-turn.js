// You put the require off until the file has been loaded. But a caller may be faster than the event loop.
let album;

setImmediate(() => {
  album = require('./album.js');
});

exports.describe = (title) => `${title} (${album.title})`;
