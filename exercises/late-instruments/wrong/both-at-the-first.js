// The first reading of either property loads both files. Whoever wants the harp has to wait for the organ.
let loaded;

function load() {
  loaded ??= { organ: require('./organ.js'), harp: require('./harp.js') };
  return loaded;
}

module.exports = {
  get organ() {
    return load().organ;
  },
  get harp() {
    return load().harp;
  },
};
