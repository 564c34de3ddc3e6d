const test = require('node:test');
const assert = require('node:assert');
const announce = require('./answer.js');

test('the file exports a function', () => {
  assert.strictEqual(typeof announce, 'function');
});

test('the function announces a title', () => {
  assert.strictEqual(typeof announce, 'function');
  assert.strictEqual(announce('Echo'), 'Now playing: Echo');
});

test('the prefix is a property of the function', () => {
  assert.deepStrictEqual(Object.keys(announce), ['prefix']);
  assert.strictEqual(announce.prefix, 'Now playing: ');
});

test('a changed prefix takes effect', () => {
  assert.strictEqual(typeof announce, 'function');
  const before = announce.prefix;
  announce.prefix = 'Up next: ';
  try {
    assert.strictEqual(announce('Echo'), 'Up next: Echo');
  } finally {
    announce.prefix = before;
  }
});
