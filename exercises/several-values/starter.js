function summarise(lengths) {
  throw new Error('TODO');
}

module.exports = { summarise };
