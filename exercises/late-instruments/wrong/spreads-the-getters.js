// To spread an object is to read all of its properties. The getters have run, and what you export are plain values.
const instruments = {
  get organ() {
    return require('./organ.js');
  },
  get harp() {
    return require('./harp.js');
  },
};

module.exports = { ...instruments };
