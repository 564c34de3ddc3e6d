const test = require('node:test');
const assert = require('node:assert');
const makeRequire = require('./answer.js');

test('properties that a file adds to exports are returned', () => {
  const load = makeRequire({
    './song': (exports) => {
      exports.title = 'Echo';
    },
  });
  assert.deepStrictEqual(load('./song'), { title: 'Echo' });
});

test('a value assigned to module.exports is returned', () => {
  const load = makeRequire({
    './tempo': (exports, require, module) => {
      module.exports = 120;
    },
  });
  assert.strictEqual(load('./tempo'), 120);
});

test('exports and module.exports start out as one empty object', () => {
  let seen;
  const load = makeRequire({
    './self': (exports, require, module) => {
      seen = { same: exports === module.exports, names: Object.keys(exports) };
    },
  });
  load('./self');
  assert.deepStrictEqual(seen, { same: true, names: [] });
});

test('a file can require another', () => {
  const load = makeRequire({
    './tempo': (exports) => {
      exports.bpm = 120;
    },
    './beat': (exports, require) => {
      exports.seconds = 60 / require('./tempo').bpm;
    },
  });
  assert.deepStrictEqual(load('./beat'), { seconds: 0.5 });
});

test('a file runs once, and both callers get the same object', () => {
  let runs = 0;
  const load = makeRequire({
    './song': () => {
      runs += 1;
    },
  });
  assert.strictEqual(load('./song'), load('./song'));
  assert.strictEqual(runs, 1);
});

test('a file that exports undefined runs once, too', () => {
  let runs = 0;
  const load = makeRequire({
    './nothing': (exports, require, module) => {
      runs += 1;
      module.exports = undefined;
    },
  });
  assert.strictEqual(load('./nothing'), undefined);
  assert.strictEqual(load('./nothing'), undefined);
  assert.strictEqual(runs, 1);
});

test('in a circle, a file gets what has been exported so far', () => {
  let runs = 0;
  let seen;
  const load = makeRequire({
    './verse': (exports, require) => {
      runs += 1;
      if (runs > 1) return;
      exports.begun = true;
      require('./chorus');
      exports.finished = true;
    },
    './chorus': (exports, require) => {
      seen = { ...require('./verse') };
    },
  });
  assert.deepStrictEqual(load('./verse'), { begun: true, finished: true });
  assert.deepStrictEqual(seen, { begun: true });
});

test('each makeRequire remembers its own modules', () => {
  const files = { './song': () => {} };
  const one = makeRequire(files)('./song');
  const two = makeRequire(files)('./song');
  assert.deepStrictEqual(one, {});
  assert.notStrictEqual(one, two);
});

test('a missing name throws', () => {
  const load = makeRequire({});
  assert.throws(() => load('./silence'), { name: 'Error', message: 'No such module: ./silence' });
});
