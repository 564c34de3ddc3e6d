import test from 'node:test';
import assert from 'node:assert';
import * as effects from './effects.js';
import { list, has, patched } from './answer.js';

test('list returns the names in alphabetical order', () => {
  assert.deepStrictEqual(list(), ['chorus', 'distort', 'echo']);
});

test('has finds each effect', () => {
  assert.deepStrictEqual(['chorus', 'distort', 'echo'].map((name) => has(name)), [true, true, true]);
});

test('has finds nothing else', () => {
  assert.deepStrictEqual(['flanger', 'toString'].map((name) => has(name)), [false, false]);
});

test('patched replaces an effect', () => {
  const echo = (sound) => `${sound} … ${sound}`;
  assert.strictEqual(patched({ echo }).echo, echo);
});

test('patched adds an effect', () => {
  const flanger = (sound) => `~${sound}~`;
  assert.strictEqual(patched({ flanger }).flanger, flanger);
});

test('patched keeps the other effects', () => {
  const { distort, chorus } = patched({ echo: (sound) => sound });
  assert.strictEqual(distort, effects.distort);
  assert.strictEqual(chorus, effects.chorus);
});

test('the module stays as it is', () => {
  const rack = patched({ echo: (sound) => sound });
  rack.distort = (sound) => sound;
  assert.strictEqual(effects.echo('la'), 'la la');
  assert.strictEqual(effects.distort('la'), 'la!');
});
