const test = require('node:test');
const assert = require('node:assert');

/** Requires the two files in this order, as if the program had just been started. */
function start(first, second) {
  delete require.cache[require.resolve('./song.js')];
  delete require.cache[require.resolve('./album.js')];
  return [require(first), require(second)];
}

test('the song can be described when it is required first', () => {
  const [song] = start('./song.js', './album.js');
  assert.strictEqual(song.describe('Echo'), 'Echo (First Reference)');
});

test('the album can be listed when the song is required first', () => {
  const [, album] = start('./song.js', './album.js');
  assert.deepStrictEqual(album.list(), ['Echo (First Reference)', 'Alias (First Reference)']);
});

test('the song can be described when the album is required first', () => {
  const [, song] = start('./album.js', './song.js');
  assert.strictEqual(song.describe('Pointer'), 'Pointer (First Reference)');
});

test('the album can be listed when it is required first', () => {
  const [album] = start('./album.js', './song.js');
  assert.deepStrictEqual(album.list(), ['Echo (First Reference)', 'Alias (First Reference)']);
});

test('a new title of the album is told by the song', () => {
  const [song, album] = start('./song.js', './album.js');
  album.title = 'Second Reference';
  assert.strictEqual(song.describe('Echo'), 'Echo (Second Reference)');
});
