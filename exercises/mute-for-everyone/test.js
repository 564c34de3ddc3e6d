const test = require('node:test');
const assert = require('node:assert');

/** The whole program, as if it had just been started. */
function start() {
  for (const path of Object.keys(require.cache)) {
    if (path !== __filename) delete require.cache[path];
  }
  return {
    ...require('./answer.js'),
    ...require('./player.js'),
    ...require('./display.js'),
    settings: require('./settings.js'),
  };
}

test('nothing is muted at first', () => {
  const { play } = start();
  assert.strictEqual(play('Echo'), 'Echo, volume 5');
});

test('mute reaches the player and the display', () => {
  const { mute, play, bar } = start();
  mute();
  assert.strictEqual(play('Echo'), 'Echo, volume 0');
  assert.strictEqual(bar(), '');
});

test('unmute brings the volume back', () => {
  const { mute, unmute, settings, bar } = start();
  settings.volume = 7;
  mute();
  unmute();
  assert.strictEqual(settings.volume, 7);
  assert.strictEqual(bar(), '#######');
});

test('muting twice does not lose the volume', () => {
  const { mute, unmute, settings } = start();
  mute();
  mute();
  unmute();
  assert.strictEqual(settings.volume, 5);
});

test('unmute alone changes nothing', () => {
  const { unmute, settings } = start();
  settings.volume = 3;
  unmute();
  assert.strictEqual(settings.volume, 3);
});

test('it can be muted again, at another volume', () => {
  const { mute, unmute, settings } = start();
  mute();
  unmute();
  settings.volume = 2;
  unmute();
  assert.strictEqual(settings.volume, 2);
  mute();
  assert.strictEqual(settings.volume, 0);
  unmute();
  assert.strictEqual(settings.volume, 2);
});
