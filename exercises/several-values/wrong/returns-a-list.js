// All three values are there, but in an array. A caller that asks for them by name finds nothing.
function summarise(lengths) {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return [lengths.length, total, Math.max(0, ...lengths)];
}

module.exports = { summarise };
