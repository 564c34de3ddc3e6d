function makeRequire(files) {
  return function require(name) {
    throw new Error('TODO');
  };
}

module.exports = makeRequire;
