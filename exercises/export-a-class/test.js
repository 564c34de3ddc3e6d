const test = require('node:test');
const assert = require('node:assert');
const Mixtape = require('./answer.js');

function tapeOf(minutes) {
  assert.strictEqual(typeof Mixtape, 'function', 'the file should export the class');
  return new Mixtape(minutes);
}

test('the class itself is exported, with nothing around it', () => {
  assert.deepStrictEqual(Object.keys(Mixtape), []);
  assert.strictEqual(typeof Mixtape, 'function');
});

test('a new tape is empty', () => {
  const tape = tapeOf(60);
  assert.strictEqual(tape.left, 60);
  assert.deepStrictEqual(tape.titles, []);
});

test('a song that fits is added', () => {
  const tape = tapeOf(60);
  assert.strictEqual(tape.add('Echo', 4), true);
  assert.strictEqual(tape.left, 56);
  assert.deepStrictEqual(tape.titles, ['Echo']);
});

test('songs keep their order', () => {
  const tape = tapeOf(60);
  tape.add('Echo', 4);
  tape.add('Alias', 3);
  assert.deepStrictEqual(tape.titles, ['Echo', 'Alias']);
});

test('a song may fill the tape to the last minute', () => {
  const tape = tapeOf(10);
  assert.strictEqual(tape.add('Sonata', 10), true);
  assert.strictEqual(tape.left, 0);
});

test('a song that is too long changes nothing', () => {
  const tape = tapeOf(10);
  assert.strictEqual(tape.add('Sonata', 11), false);
  assert.strictEqual(tape.left, 10);
  assert.deepStrictEqual(tape.titles, []);
});

test('two tapes have nothing in common', () => {
  const mine = tapeOf(60);
  const yours = tapeOf(90);
  mine.add('Echo', 4);
  assert.strictEqual(yours.left, 90);
  assert.deepStrictEqual(yours.titles, []);
});
