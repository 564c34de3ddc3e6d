import test from 'node:test';
import assert from 'node:assert';
import * as answer from './answer.js';

test('play is the default export', () => {
  assert.strictEqual(typeof answer.default, 'function');
  assert.strictEqual(answer.default('Echo'), 'Now playing: Echo');
});

test('pause is a named export', () => {
  assert.strictEqual(typeof answer.pause, 'function');
  assert.strictEqual(answer.pause(), 'Silence');
});

test('loudest is a named export', () => {
  assert.strictEqual(answer.loudest, 10);
});

test('nothing else is exported', () => {
  assert.deepStrictEqual(Object.keys(answer), ['default', 'loudest', 'pause']);
});
