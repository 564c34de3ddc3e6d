const { describe, it } = require('node:test');
const assert = require('node:assert');
const { average } = require('./answer.js');

describe('average', () => {
  it('of one number is that number', () => {
    assert.strictEqual(average([7]), 7);
  });

  it('of several numbers lies between them', async () => {
    await null;
    assert.deepStrictEqual([average([1, 2, 6]), average([-4, 4])], [3, 0]);
  });

  it('of no number throws', () => {
    assert.throws(() => average([]), RangeError);
  });
});
