const settings = require('./settings.js');

// While it is muted: the volume to go back to.
let before = null;

exports.mute = () => {
  if (before !== null) return;

  before = settings.volume;
  settings.volume = 0;
};

exports.unmute = () => {
  if (before === null) return;

  settings.volume = before;
  before = null;
};
