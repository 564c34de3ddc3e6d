const test = require('node:test');
const assert = require('node:assert');

/** What a program gets that requires the file for the first time. */
function fresh() {
  delete require.cache[require.resolve('./answer.js')];
  return require('./answer.js');
}

test('the same four names are exported', () => {
  assert.deepStrictEqual(Object.keys(fresh()).sort(), ['faster', 'rate', 'setRate', 'slower']);
});

test('the rate is 1.5 at first', () => {
  const { rate, faster, slower } = fresh();
  assert.strictEqual(rate, 1.5);
  assert.strictEqual(faster(90), 60);
  assert.strictEqual(slower(90), 135);
});

test('setRate changes the results', () => {
  const { setRate, faster, slower } = fresh();
  setRate(2);
  assert.strictEqual(faster(90), 45);
  assert.strictEqual(slower(90), 180);
});

test('setRate changes the rate that a caller reads', () => {
  const speed = fresh();
  speed.setRate(2);
  assert.strictEqual(speed.rate, 2);
});

test('a caller may set the rate itself', () => {
  const speed = fresh();
  speed.rate = 3;
  assert.strictEqual(speed.faster(90), 30);
  assert.strictEqual(speed.slower(90), 270);
});
