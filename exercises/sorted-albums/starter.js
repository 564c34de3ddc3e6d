const albums = require('./albums.json');

exports.byYear = () => {
  throw new Error('TODO');
};

exports.titlesBy = (artist) => {
  throw new Error('TODO');
};
