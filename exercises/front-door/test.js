import test from 'node:test';
import assert from 'node:assert';
import * as band from './answer.js';
import * as guitar from './guitar.js';
import * as bass from './bass.js';
import * as drums from './drums.js';

test('strum and slap get through', () => {
  assert.strictEqual(band.strum, guitar.strum);
  assert.strictEqual(band.slap, bass.slap);
});

test('both instruments can be tuned', () => {
  assert.strictEqual(band.tuneGuitar, guitar.tune);
  assert.strictEqual(band.tuneBass, bass.tune);
});

test('the default export of the drums is called drum', () => {
  assert.strictEqual(band.drum, drums.default);
});

test('beats goes up with each beat', () => {
  const before = band.beats;
  assert.strictEqual(before, drums.beats);
  drums.default();
  assert.strictEqual(band.beats, before + 1);
});

test('exactly six names are exported', () => {
  assert.deepStrictEqual(Object.keys(band), ['beats', 'drum', 'slap', 'strum', 'tuneBass', 'tuneGuitar']);
});
