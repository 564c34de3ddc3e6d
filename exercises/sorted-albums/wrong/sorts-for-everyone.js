// The result is right, and the shared list has changed its order. sort works on the array itself, and there is only one.
const albums = require('./albums.json');

exports.byYear = () => albums.sort((one, other) => one.year - other.year);

exports.titlesBy = (artist) =>
  albums.filter((album) => album.artist === artist).map((album) => album.title);
