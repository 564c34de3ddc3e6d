const test = require('node:test');
const assert = require('node:assert');
const applySettings = require('./answer.js');

test('another name for the settings shows the new values', () => {
  const settings = { volume: 5 };
  const alias = settings;
  applySettings(settings, { volume: 8, shuffle: true });
  assert.deepStrictEqual(alias, { volume: 8, shuffle: true });
});

test('properties that are not mentioned keep their values', () => {
  const settings = { volume: 5, shuffle: false };
  applySettings(settings, { shuffle: true });
  assert.deepStrictEqual(settings, { volume: 5, shuffle: true });
});

test('the settings object itself is returned', () => {
  const settings = { volume: 5 };
  assert.strictEqual(applySettings(settings, { volume: 6 }), settings);
});

test('the changes stay as they were', () => {
  const changes = { volume: 8 };
  applySettings({ volume: 5, shuffle: false }, changes);
  assert.deepStrictEqual(changes, { volume: 8 });
});
