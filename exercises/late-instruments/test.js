const test = require('node:test');
const assert = require('node:assert');

/** The program as if it had just been started: the instruments, and the log of what is loaded. */
function start() {
  for (const path of Object.keys(require.cache)) {
    if (path !== __filename) delete require.cache[path];
  }
  return { instruments: require('./answer.js'), log: require('./log.js') };
}

test('both instruments are properties', () => {
  assert.deepStrictEqual(Object.keys(start().instruments).sort(), ['harp', 'organ']);
});

test('nothing is loaded in advance', () => {
  assert.deepStrictEqual(start().log, []);
});

test('to read organ loads the organ alone', () => {
  const { instruments, log } = start();
  assert.strictEqual(instruments.organ, require('./organ.js'));
  assert.deepStrictEqual(log, ['organ']);
});

test('to read harp loads the harp alone', () => {
  const { instruments, log } = start();
  assert.strictEqual(instruments.harp, require('./harp.js'));
  assert.deepStrictEqual(log, ['harp']);
});

test('an instrument is loaded once', () => {
  const { instruments, log } = start();
  assert.strictEqual(instruments.organ, instruments.organ);
  assert.deepStrictEqual(log, ['organ']);
});
