const settings = require('./settings.js');

exports.play = (title) => `${title}, volume ${settings.volume}`;
