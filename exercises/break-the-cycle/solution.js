exports.describe = (title) => `${title} (${album.title})`;

// Below the export: album.js takes describe out of this file while it is loaded.
const album = require('./album.js');
