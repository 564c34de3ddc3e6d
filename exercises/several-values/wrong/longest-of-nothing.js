// Think of the empty list. The greatest of no numbers is not what you would expect.
function summarise(lengths) {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return { count: lengths.length, total, longest: Math.max(...lengths) };
}

module.exports = { summarise };
