module.exports = {
  get organ() {
    return require('./organ.js');
  },
  get harp() {
    return require('./harp.js');
  },
};
