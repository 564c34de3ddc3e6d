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

// One by one: so an import finds their names.
exports.describe = made.describe;
exports.test = made.test;
exports.it = made.it;
exports.before = made.before;
exports.after = made.after;
exports.beforeAll = made.beforeAll;
exports.afterAll = made.afterAll;
exports.beforeEach = made.beforeEach;
exports.afterEach = made.afterEach;
exports.expect = made.expect;
exports.jest = made.jest;
exports.vi = made.vi;
exports.assert = made.assert;
