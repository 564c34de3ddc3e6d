import test from 'node:test';
import assert from 'node:assert';
import { sing } from './answer.js';
import { loaded } from './loaded.js';

const loadedAtFirst = [...loaded];

test('no song is loaded in advance', () => {
  assert.deepStrictEqual(loadedAtFirst, []);
});

test('the text of a song is returned', async () => {
  assert.strictEqual(await sing('echo'), 'Hello, hello, hello');
  assert.strictEqual(await sing('alias'), 'Call me by my other name');
});

test('a song that is sung twice is loaded once', async () => {
  await sing('echo');
  await sing('echo');
  assert.deepStrictEqual(loaded.filter((title) => title === 'echo'), ['echo']);
});

test('a title without a file is reported as missing', async () => {
  await assert.rejects(() => sing('tacet'), { name: 'Error', message: 'No such song: tacet' });
});

test('an error of a song itself gets through', async () => {
  await assert.rejects(() => sing('cracked'), { name: 'RangeError', message: 'the needle jumps' });
});
