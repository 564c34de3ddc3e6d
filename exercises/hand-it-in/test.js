const test = require('node:test');
const assert = require('node:assert');
const createAnnouncer = require('./answer.js');

function announcerWith(dependencies) {
  assert.strictEqual(typeof createAnnouncer, 'function', 'the file should export a function');
  return createAnnouncer(dependencies);
}

/** What is said at some hours of the day, one announcement each. */
function saidAt(...hours) {
  const said = [];
  for (const hour of hours) {
    announcerWith({ hour: () => hour, say: (text) => said.push(text) }).announce('Echo');
  }
  return said;
}

test('in the morning it says good morning', () => {
  assert.deepStrictEqual(saidAt(0, 11), ['Good morning, here is Echo', 'Good morning, here is Echo']);
});

test('from 12 on it says good evening', () => {
  assert.deepStrictEqual(saidAt(12, 23), ['Good evening, here is Echo', 'Good evening, here is Echo']);
});

test('the clock is read at each announcement', () => {
  const said = [];
  let now = 11;
  const { announce } = announcerWith({ hour: () => now, say: (text) => said.push(text) });
  announce('Echo');
  now = 12;
  announce('Alias');
  assert.deepStrictEqual(said, ['Good morning, here is Echo', 'Good evening, here is Alias']);
});

/** What is printed while `action` runs. */
function printedDuring(action) {
  const original = console.log;
  const printed = [];
  console.log = (text) => printed.push(text);
  try {
    action();
  } finally {
    console.log = original;
  }
  return printed;
}

test('without say, the console is used', () => {
  const printed = printedDuring(() => announcerWith({ hour: () => 9 }).announce('Echo'));
  assert.deepStrictEqual(printed, ['Good morning, here is Echo']);
});

test('with say, the console stays silent', () => {
  const printed = printedDuring(() => announcerWith({ hour: () => 9, say: () => {} }).announce('Echo'));
  assert.deepStrictEqual(printed, []);
});
