const test = require('node:test');
const assert = require('node:assert');
const { summarise } = require('./answer.js');

test('count tells how many songs there are', () => {
  const { count } = summarise([215, 187, 240]);
  assert.strictEqual(count, 3);
});

test('total is the sum of all lengths', () => {
  const { total } = summarise([215, 187, 240]);
  assert.strictEqual(total, 642);
});

test('longest is the greatest length, wherever it stands', () => {
  assert.strictEqual(summarise([215, 240, 187]).longest, 240);
  assert.strictEqual(summarise([300, 240, 187]).longest, 300);
});

test('an empty list gives zeros', () => {
  assert.deepStrictEqual(summarise([]), { count: 0, total: 0, longest: 0 });
});
