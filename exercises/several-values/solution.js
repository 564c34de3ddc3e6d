function summarise(lengths) {
  return {
    count: lengths.length,
    total: lengths.reduce((sum, length) => sum + length, 0),
    longest: Math.max(0, ...lengths),
  };
}

module.exports = { summarise };
