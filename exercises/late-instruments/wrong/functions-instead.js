// Nothing is loaded too early. But the callers read properties, and do not know that they have to call them now.
module.exports = {
  organ: () => require('./organ.js'),
  harp: () => require('./harp.js'),
};
