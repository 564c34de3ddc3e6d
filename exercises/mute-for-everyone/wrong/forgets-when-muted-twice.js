// What does the second of two calls of mute find, and what does it remember?
const settings = require('./settings.js');

let muted = false;
let before;

exports.mute = () => {
  muted = true;
  before = settings.volume;
  settings.volume = 0;
};

exports.unmute = () => {
  if (!muted) return;

  muted = false;
  settings.volume = before;
};
