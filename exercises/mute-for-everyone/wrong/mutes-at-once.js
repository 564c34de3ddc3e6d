// Your file runs from top to bottom when it is required, and with it the call at its end. It should wait until somebody calls mute.
const settings = require('./settings.js');

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

exports.mute();
