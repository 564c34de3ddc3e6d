for (const [name, value] of Object.entries(made)) {
  globalThis[name] = value;
}

// A test that imports them from a package gets the same ones.
const { registerHooks } = require('node:module');
const { pathToFileURL } = require('node:url');

registerHooks?.({
  resolve(specifier, context, next) {
    if (specifier !== 'vitest' && specifier !== '@jest/globals') return next(specifier, context);
    return { url: pathToFileURL(__filename).href, format: 'commonjs', shortCircuit: true };
  },
});
module.exports = made;
