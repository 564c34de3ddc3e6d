// You have taken the number out of the settings. What you set is a variable of this file, which no other file can see.
let { volume } = require('./settings.js');
let before = volume;

exports.mute = () => {
  if (volume > 0) before = volume;
  volume = 0;
};

exports.unmute = () => {
  volume = before;
};
