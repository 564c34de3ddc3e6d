const album = require('./album.js');

module.exports = {
  describe: (title) => `${title} (${album.title})`,
};
