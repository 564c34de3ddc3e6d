const settings = require('./settings.js');

exports.mute = () => {
  throw new Error('TODO');
};

exports.unmute = () => {
  throw new Error('TODO');
};
