const settings = require('./settings.js');

exports.bar = () => '#'.repeat(settings.volume);
