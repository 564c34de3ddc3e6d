const organ = require('./organ.js');
const harp = require('./harp.js');

module.exports = { organ, harp };
