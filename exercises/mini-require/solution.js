function makeRequire(files) {
  const loaded = new Map();

  return function require(name) {
    if (!loaded.has(name)) {
      if (!Object.hasOwn(files, name)) throw new Error(`No such module: ${name}`);

      const module = { exports: {} };
      loaded.set(name, module);
      files[name](module.exports, require, module);
    }
    return loaded.get(name).exports;
  };
}

module.exports = makeRequire;
