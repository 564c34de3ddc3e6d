const test = require('node:test');
const assert = require('node:assert');

/** What a program gets that requires the file for the first time. */
function fresh() {
  delete require.cache[require.resolve('./answer.js')];
  return require('./answer.js');
}

test('nothing waits at first', () => {
  const { next, titles } = fresh();
  assert.deepStrictEqual(titles(), []);
  assert.strictEqual(next(), undefined);
});

test('add returns how many songs are waiting', () => {
  const { add } = fresh();
  assert.strictEqual(add('Echo'), 1);
  assert.strictEqual(add('Alias'), 2);
});

test('songs come out in the order in which they went in', () => {
  const { add, next } = fresh();
  add('Echo');
  add('Alias');
  assert.strictEqual(next(), 'Echo');
  assert.strictEqual(next(), 'Alias');
  assert.strictEqual(next(), undefined);
});

test('titles lists what is waiting', () => {
  const { add, next, titles } = fresh();
  add('Echo');
  add('Alias');
  add('Pointer');
  next();
  assert.deepStrictEqual(titles(), ['Alias', 'Pointer']);
});

test('changing a list from titles does not change the queue', () => {
  const { add, titles } = fresh();
  add('Echo');
  titles().push('An intruder');
  assert.deepStrictEqual(titles(), ['Echo']);
});

test('only the three functions are exported', () => {
  assert.deepStrictEqual(Object.keys(fresh()).sort(), ['add', 'next', 'titles']);
});
