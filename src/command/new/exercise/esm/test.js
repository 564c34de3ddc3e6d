import test from 'node:test';
import assert from 'node:assert';
import double from './answer.js';

test('twice 21 is 42', () => {
  assert.strictEqual(double(21), 42);
});

test('twice a negative number is negative', () => {
  assert.strictEqual(double(-3), -6);
});
