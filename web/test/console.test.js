// The console's texts. Expected texts were printed by Node 24.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./host.js";

/** @param {string} source @param {string} stdout @param {string} [stderr] */
async function prints(source, stdout, stderr = "") {
  const trace = await run(source, { record: null });
  assert.equal(trace.stdout, stdout);
  assert.equal(trace.stderr, stderr);
}

test("primitives print without loading the formatter", async () => {
  const { stdout, loaded } = await run("console.log('a', 1, -0, 2n, true, null, undefined, '100%')", { record: null });
  assert.equal(stdout, "a 1 -0 2n true null undefined 100%\n");
  assert.deepEqual(loaded, []);
});

test("objects print as Node prints them", () =>
  prints("console.log({ a: [1, 'x'], m: new Map([[1, new Set([2])]]) }, class A {}, Symbol('s'))", "{ a: [ 1, 'x' ], m: Map(1) { 1 => Set(1) { 2 } } } [class A] Symbol(s)\n"));

test("formats", () => prints("console.log('%s is %d, %j %% %c.', 'x', 42, {a: 1}, 'css', 'rest')", "x is 42, {\"a\":1} % . rest\n"));

test("groups indent every line", () =>
  prints("console.group('g'); console.log('a\\nb'); console.group(); console.log(1); console.groupEnd(); console.groupEnd(); console.log('c')", "g\n  a\n  b\n    1\nc\n"));

test("counters and assertions", () =>
  prints(
    "console.count(); console.count('x'); console.count(); console.countReset(); console.count(); console.countReset('q'); console.assert(false, 'no %s', 1); console.assert(false, {a: 1}); console.assert(true)",
    "default: 1\nx: 1\ndefault: 2\ndefault: 1\n",
    "Assertion failed: no 1\nAssertion failed { a: 1 }\n(node:1) Warning: Count for 'q' does not exist\n(Use `node --trace-warnings ...` to show where the warning was created)\n",
  ));

test("a table of objects", () =>
  prints(
    "console.table([{ a: 1, b: 'x' }, { a: 2 }, 7])",
    [
      "┌─────────┬───┬─────┬────────┐",
      "│ (index) │ a │ b   │ Values │",
      "├─────────┼───┼─────┼────────┤",
      "│ 0       │ 1 │ 'x' │        │",
      "│ 1       │ 2 │     │        │",
      "│ 2       │   │     │ 7      │",
      "└─────────┴───┴─────┴────────┘",
      "",
    ].join("\n"),
  ));

test("tables of maps and chosen columns; what is no table is printed", () =>
  prints(
    "console.table(new Map([['k', 1]])); console.table([{ a: 1, b: 2 }], ['b']); console.table(5)",
    [
      "┌───────────────────┬─────┬────────┐",
      "│ (iteration index) │ Key │ Values │",
      "├───────────────────┼─────┼────────┤",
      "│ 0                 │ 'k' │ 1      │",
      "└───────────────────┴─────┴────────┘",
      "┌─────────┬───┐",
      "│ (index) │ b │",
      "├─────────┼───┤",
      "│ 0       │ 2 │",
      "└─────────┴───┘",
      "5",
      "",
    ].join("\n"),
  ));

test("process.stdout.write adds nothing", () => prints("process.stdout.write('a'); process.stderr.write('b')", "a", "b"));

test("iterators of maps and sets show what they still have to give", () =>
  prints(
    "const k = new Map([['a', 1], ['b', 2]]); const i = k.keys(); i.next(); console.log(i, k.entries(), new Set([1]).values())",
    "[Map Iterator] { 'b' } [Map Entries] { [ 'a', 1 ], [ 'b', 2 ] } [Set Iterator] { 1 }\n",
  ));

test("columns with numbers for names come first in a table", () =>
  prints(
    "console.table([{ x: 1 }, [5]])",
    ["┌─────────┬───┬───┐", "│ (index) │ 0 │ x │", "├─────────┼───┼───┤", "│ 0       │   │ 1 │", "│ 1       │ 5 │   │", "└─────────┴───┴───┘", ""].join("\n"),
  ));

test("an error that was renamed prints under its name, without it as a property", async () => {
  const { stdout } = await run("class MyError extends Error { constructor(m) { super(m); this.name = 'MyError'; this.code = 'E' } } console.log(new MyError('m')); console.log(Object.getOwnPropertyNames(new Error('x', { cause: 1 })))");
  assert.equal(stdout.replace(/\n +at .*/g, ""), "MyError: m\n  code: 'E'\n}\n[ 'stack', 'message', 'cause' ]\n");
});
