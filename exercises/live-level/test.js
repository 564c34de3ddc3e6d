import test, { beforeEach } from 'node:test';
import assert from 'node:assert';
import { level, raise, mute } from './answer.js';
import { bar } from './display.js';

const atFirst = level;

beforeEach(() => mute());

test('the level is 0 at first', () => {
  assert.strictEqual(atFirst, 0);
});

test('raise changes the number that was imported', () => {
  raise();
  assert.strictEqual(level, 1);
  raise();
  assert.strictEqual(level, 2);
});

test('the display sees the same number', () => {
  raise();
  raise();
  raise();
  assert.strictEqual(bar(), '###');
});

test('the level does not rise above 5', () => {
  for (let times = 0; times < 7; times += 1) raise();
  assert.strictEqual(level, 5);
});

test('mute takes the level back to 0', () => {
  raise();
  mute();
  assert.strictEqual(level, 0);
  assert.strictEqual(bar(), '');
});

test('the level can be raised again after mute', () => {
  raise();
  mute();
  raise();
  assert.strictEqual(level, 1);
});
