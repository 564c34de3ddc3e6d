// You return the object that the file was given. A file that assigns to module.exports has put another value in its place.
function makeRequire(files) {
  const loaded = new Map();

  return function require(name) {
    if (loaded.has(name)) return loaded.get(name);
    if (!Object.hasOwn(files, name)) throw new Error(`No such module: ${name}`);

    const exports = {};
    loaded.set(name, exports);
    files[name](exports, require, { exports });
    return exports;
  };
}

module.exports = makeRequire;
