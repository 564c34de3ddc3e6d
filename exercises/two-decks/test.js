const test = require('node:test');
const assert = require('node:assert');
const createDeck = require('./answer.js');

function deckOf(titles) {
  assert.strictEqual(typeof createDeck, 'function', 'the file should export a function');
  return createDeck(titles);
}

test('a deck begins with the first song', () => {
  assert.strictEqual(deckOf(['Echo', 'Alias']).current(), 'Echo');
});

test('skip goes on to the next song', () => {
  const deck = deckOf(['Echo', 'Alias', 'Pointer']);
  deck.skip();
  assert.strictEqual(deck.current(), 'Alias');
  deck.skip();
  assert.strictEqual(deck.current(), 'Pointer');
});

test('the last song is followed by the first', () => {
  const deck = deckOf(['Echo', 'Alias', 'Pointer']);
  deck.skip();
  deck.skip();
  deck.skip();
  assert.strictEqual(deck.current(), 'Echo');
});

test('to look at the song does not skip it', () => {
  const deck = deckOf(['Echo', 'Alias']);
  deck.current();
  assert.strictEqual(deck.current(), 'Echo');
});

test('skipping on one deck leaves the other alone', () => {
  const left = deckOf(['Echo', 'Alias']);
  const right = deckOf(['Echo', 'Alias']);
  left.skip();
  assert.strictEqual(right.current(), 'Echo');
  assert.strictEqual(left.current(), 'Alias');
});

test('a deck keeps its titles when the list is changed later', () => {
  const titles = ['Echo', 'Alias'];
  const deck = deckOf(titles);
  titles[0] = 'An intruder';
  assert.strictEqual(deck.current(), 'Echo');
});
