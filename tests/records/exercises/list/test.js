import test from 'node:test';
import assert from 'node:assert';
import { first, rest } from './answer.js';

const list = Object.freeze([{ id: 1 }, 'two', null]);

test('first is the first item itself', () => {
  assert.strictEqual(first(list), list[0]);
});

test('rest is all others', () => {
  assert.deepStrictEqual(rest(list), ['two', null]);
});
