const test = require('node:test');
const assert = require('node:assert');
const { byYear, titlesBy } = require('./answer.js');
const albums = require('./albums.json');

const inTheFile = ['Second Reference', 'Deep Copy', 'First Reference', 'Shallow Copy'];

test('byYear returns the oldest album first', () => {
  const years = byYear().map((album) => album.year);
  assert.deepStrictEqual(years, [2016, 2019, 2021, 2024]);
});

test('byYear returns whole albums', () => {
  assert.deepStrictEqual(byYear()[0], { title: 'First Reference', artist: 'The Aliases', year: 2016 });
});

test('byYear leaves the shared list in its order', () => {
  byYear();
  const titles = albums.map((album) => album.title);
  assert.deepStrictEqual(titles, inTheFile);
});

test('titlesBy returns the titles of one artist', () => {
  assert.deepStrictEqual(titlesBy('The Literals'), ['Deep Copy', 'Shallow Copy']);
});

test('titlesBy keeps the order of the file, even after byYear', () => {
  byYear();
  assert.deepStrictEqual(titlesBy('The Aliases'), ['Second Reference', 'First Reference']);
});

test('titlesBy finds nothing by an artist who is not there', () => {
  assert.deepStrictEqual(titlesBy('The Symbols'), []);
});
