const test = require('node:test');
const assert = require('node:assert');
const double = require('./answer.js');

test('twice 21 is 42', () => {
  assert.strictEqual(double(21), 42);
});

test('twice a negative number is negative', () => {
  assert.strictEqual(double(-3), -6);
});
