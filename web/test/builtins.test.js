// Node's built-in modules. Expected texts and verdicts are Node 24's.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./host.js";

/** @param {string} source @param {string} stdout */
async function prints(source, stdout) {
  const trace = await run(source, { record: null });
  assert.equal(trace.stdout, stdout);
  assert.deepEqual(trace.outcome, { type: "completed" });
}

/** @param {string} call @param {string} message */
const fails = (call, message) =>
  prints(`const assert = require("assert"); try { ${call}; console.log("held") } catch (e) { console.log(e.name, e.code, e.message) }`, `${message}\n`);

test("assert's messages", async () => {
  await fails("assert.strictEqual(1, 2)", "AssertionError ERR_ASSERTION Expected values to be strictly equal:\n\n1 !== 2\n");
  await fails("assert.equal(1, 2, 'own')", "AssertionError ERR_ASSERTION own");
  await fails(
    "assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] })",
    "AssertionError ERR_ASSERTION Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n    a: 1,\n    b: [\n      1,\n+     2\n-     3\n    ]\n  }\n",
  );
  await fails("assert.throws(() => {}, TypeError)", "AssertionError ERR_ASSERTION Missing expected exception (TypeError).");
  await fails("assert.throws(() => { throw new TypeError('a') }, { message: /a/, name: 'TypeError' })", "held");
});

test("assert's verdicts", () =>
  prints(
    `const a = require("assert");
    const held = (f) => { try { f(); return 1 } catch { return 0 } };
    console.log([
      () => a.deepEqual({ a: 1 }, { a: "1" }), () => a.deepStrictEqual({ a: 1 }, { a: "1" }),
      () => a.deepEqual([1, , 3], [1, undefined, 3]), () => a.deepStrictEqual(new Set([{ a: 1 }]), new Set([{ a: 1 }])),
      () => a.deepEqual(new Map([[1, 2]]), new Map([[1, 3]])), () => a.deepStrictEqual(-0, 0), () => a.deepStrictEqual(NaN, NaN),
      () => a.partialDeepStrictEqual({ a: 1, b: 2 }, { a: 1 }), () => a.strict.equal(1, "1"),
    ].map(held).join(""))`,
    "100100110\n",
  ));

test("util, events and path", async () => {
  await prints("const u = require('util'); console.log(u.format('%s', 1), u.inspect('x'), u.isDeepStrictEqual([1], [1]), u.types.isDate(new Date()))", "1 'x' true true\n");
  await prints("require('util').promisify((x, cb) => cb(null, x + 1))(1).then(console.log)", "2\n");
  await prints("const E = require('events'); const e = new E(); e.once('x', (...a) => console.log(...a)); e.emit('x', 1); console.log(e.emit('x'), E.name)", "1\nfalse EventEmitter\n");
  await prints("const p = require('path'); console.log(p.join('a', '..', 'b'), p.resolve('c'), p.posix === p, p.extname('x.js'))", "b /c true .js\n");
});

test("structuredClone copies deeply and refuses functions", () =>
  prints(
    `const o = { d: new Date(0), m: new Map([[{ k: 1 }, new Set([1])]]), e: new RangeError("r") }; o.self = o;
    const c = structuredClone(o);
    console.log(c !== o, c.self === c, c.d, c.m, c.e instanceof RangeError);
    try { structuredClone({ f() {} }) } catch (e) { console.log(e.name, e.message) }`,
    "true true 1970-01-01T00:00:00.000Z Map(1) { { k: 1 } => Set(1) { 1 } } true\nDataCloneError f() {} could not be cloned.\n",
  ));

test("node:test gives a result for every test", async () => {
  const { tests, outcome, stdout } = await run(
    `const { test, describe, it, before, beforeEach } = require("node:test"); const assert = require("node:assert/strict");
    test("passes", () => console.log("seen"));
    test("fails", () => assert.equal([1].length, 2));
    test("throws", () => { throw new Error("e") });
    test("waits", async () => { await new Promise((r) => setTimeout(r, 1000)) });
    test("hangs", () => new Promise(() => {}));
    test.skip("skips", () => {});
    test.todo("later");
    describe("suite", () => { let n = 0; before(() => { n = 10 }); beforeEach(() => n++); it("first", () => assert.equal(n, 11)); it("second", () => assert.equal(n, 12)); });
    test("parent", async (t) => { await t.test("child", () => { throw new Error("c") }) });
    test("calls back", (t, done) => setTimeout(done, 5));`,
    { tests: true },
  );
  assert.deepEqual(outcome, { type: "completed" });
  assert.equal(stdout, "seen\n");
  assert.deepEqual(tests.map(({ name, status }) => `${name}: ${status}`), [
    "passes: passed",
    "fails: failed",
    "throws: failed",
    "waits: passed",
    "hangs: failed",
    "skips: skipped",
    "later: todo",
    "suite > first: passed",
    "suite > second: passed",
    "parent: failed",
    "parent > child: failed",
    "calls back: passed",
  ]);
  assert.equal(tests[0].output, "seen\n");
  assert.deepEqual([tests[1].expected, tests[1].actual], ["2", "1"]);
  assert.equal(tests[2].message, "Error: e");
});

test("a file without tests has none", async () => assert.deepEqual((await run("1", { tests: true })).tests, []));
