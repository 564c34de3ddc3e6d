const test = require('node:test');
const assert = require('node:assert');
const temperature = require('./answer.js');

test('toFahrenheit is exported', () => {
  assert.strictEqual(typeof temperature.toFahrenheit, 'function');
  assert.strictEqual(temperature.toFahrenheit(0), 32);
  assert.strictEqual(temperature.toFahrenheit(100), 212);
});

test('toCelsius is exported', () => {
  assert.strictEqual(typeof temperature.toCelsius, 'function');
  assert.strictEqual(temperature.toCelsius(32), 0);
  assert.strictEqual(temperature.toCelsius(212), 100);
});

test('freezing is exported', () => {
  assert.strictEqual(temperature.freezing, 0);
});

test('a conversion that is defined later is exported as well', () => {
  assert.strictEqual(typeof temperature.define, 'function');
  const double = (celsius) => celsius * 2;
  temperature.define('toDouble', double);
  assert.strictEqual(temperature.toDouble, double);
});
