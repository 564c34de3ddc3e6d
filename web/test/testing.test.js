// The test API: node:test against what Node 24 does (scripts/record_tests.mjs), and the globals of mocha and Jest.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { run } from "./host.js";

/** @import { Program } from "../protocol.d.ts" */

const folder = new URL("./testing/node/", import.meta.url);

for (const name of readdirSync(folder).filter((name) => name.endsWith(".cjs"))) {
  test(`${name.replace(".cjs", "")} of node:test as Node 24 has them`, async () => {
    const { stdout, tests } = await run({ "/test.js": readFileSync(new URL(name, folder), "utf8") }, { record: null, tests: true });
    const reported = tests.map(({ name, status }) => `${status.padEnd(8)}${name}\n`).join("");
    assert.equal(`${stdout}--\n${reported}`, readFileSync(new URL(name.replace(".cjs", ".txt"), folder), "utf8"));
  });
}

/** Runs tests against an answer. @param {string} source @param {string} [answer] @param {Partial<Program>} [options] */
const check = (source, answer = "", options = {}) => run({ "/test.js": source, "/answer.js": answer }, { record: null, tests: true, ...options });

/** Each test's name with its status and message. @param {string} source @param {string} [answer] @param {Partial<Program>} [options] */
async function statuses(source, answer = "", options = {}) {
  const { tests } = await check(source, answer, options);
  return Object.fromEntries(tests.map(({ name, status, message }) => [name, message === null ? status : `${status}: ${message}`]));
}

test("the globals of mocha and Jest", async () => {
  const source = `const { one } = require("./answer");
    describe("outer", () => {
      let ready = 0;
      beforeAll(() => { ready++; });
      beforeEach((done) => { setTimeout(done, 3_600_000); });
      it("equal", () => { expect(ready).toBe(1); expect({ a: [one()] }).toEqual({ a: [1] }); });
      it("not equal", () => { expect(one()).toBe(2); });
      it("thrown", () => { expect(() => { throw new TypeError("x"); }).toThrow(TypeError); });
      it("asynchronous", async () => { await expect(Promise.reject(new Error("no"))).rejects.toThrow("no"); });
      it("callback", (done) => { done(new Error("no")); });
      it("chai", () => { assert.deepEqual([1], [1]); expect([1]).to.include(1); });
      it("mock", () => { const f = jest.fn(); f(1); expect(f).toHaveBeenCalledWith(1); });
      it("timers", () => { jest.useFakeTimers(); const f = vi.fn(); setTimeout(f, 1000); jest.advanceTimersByTime(1000); expect(f).toHaveBeenCalledTimes(1); jest.useRealTimers(); });
      it("counts", () => { expect.assertions(2); expect(1).toBe(1); });
      it("skips itself", function () { this.timeout(5).skip(); });
      it.skip("skipped", () => {}); xit("x", () => {}); test.todo("later"); it.failing("fails", () => { expect(1).toBe(2); });
      it.each([[1, 2, 3], [2, 3, 6]])("%i + %i = %d", (a, b, c) => { expect(a + b).toBe(c); });
      it.each([{ a: 1, b: { c: "x" } }])("$a $b.c", ({ a }) => { expect(a).toBe(1); });
      test.each\`a | b
        \${1} | \${2}\`("row $a $b", ({ a, b }) => { expect(b).toBe(a + 1); });
    });
    xdescribe("left out", () => { it("not run", () => {}); });
    test("one of its own", () => {});`;
  assert.deepEqual(await statuses(source, "exports.one = () => 1"), {
    "outer > equal": "passed",
    "outer > not equal": "failed: expected 1 to be 2 // Object.is equality",
    "outer > thrown": "passed",
    "outer > asynchronous": "passed",
    "outer > callback": "failed: Error: no",
    "outer > chai": "passed",
    "outer > mock": "passed",
    "outer > timers": "passed",
    "outer > counts": "failed: expected number of assertions to be 2, but got 1",
    "outer > skips itself": "skipped",
    "outer > skipped": "skipped",
    "outer > x": "skipped",
    "outer > later": "todo",
    "outer > fails": "passed",
    "outer > 1 + 2 = 3": "passed",
    "outer > 2 + 3 = 6": "failed: expected 5 to be 6 // Object.is equality",
    "outer > 1 x": "passed",
    "outer > row 1 2": "passed",
    "left out > not run": "skipped",
    "one of its own": "passed",
  });
});

test("one that is to run alone does", async () => {
  assert.deepEqual(await statuses('test("a", () => {}); describe("s", () => { it.only("b", () => {}); it("c", () => {}); });'), { a: "skipped", "s > b": "passed", "s > c": "skipped" });
});

test("packages that tests are written with, beside node:test", async () => {
  const source = 'import { describe, expect, test as jestTest } from "@jest/globals"; import { it, vi } from "vitest"; import { assert } from "chai"; import nodeTest from "node:test"; import { one } from "./answer.js";\n' +
    'jestTest("jest", () => { expect(one).toBe(1); }); it("vitest", ({ expect }) => { expect(vi.fn()).not.toHaveBeenCalled(); assert.equal(one, 1); }); nodeTest("node", (t) => { t.assert.ok(one); });';
  const { tests, outcome } = await check(source, "export const one = 1;", { kind: "module" });
  assert.deepEqual(outcome, { type: "completed" });
  assert.deepEqual(tests.map(({ name, status }) => [name, status]), [["jest", "passed"], ["vitest", "passed"], ["node", "passed"]]);
  assert.deepEqual(await statuses('const test = require("node:test"); test("its own name", () => { expect(1).toBe(1); });'), { "its own name": "passed" });
});

test("without tests there are no such globals", async () => {
  const { stdout } = await run("console.log(typeof describe, typeof it, typeof expect, typeof jest); try { require('vitest') } catch (e) { console.log(e.code) }", { record: null });
  assert.equal(stdout, "undefined undefined undefined undefined\nMODULE_NOT_FOUND\n");
});

test("the chunk with expect is loaded by the first use", async () => {
  assert.ok(!(await check('test("a", () => {})')).loaded.includes("expect"));
  assert.ok((await check('test("a", () => { expect(1).toBe(1); })')).loaded.includes("expect"));
});

test("what a result tells", async () => {
  const source = `const { shown } = require("./answer"), assert = require("node:assert");
    test("node", () => { assert.strictEqual(shown(), 2, "own words"); });
    test("expect", () => { expect([shown()]).toEqual([2]); });
    test("parse", () => { JSON.parse("{"); });`;
  const { tests } = await check(source, 'exports.shown = () => { console.log("seen"); console.error("and told"); return new Map([["a", 1]]); }');
  assert.deepEqual(tests[0], { name: "node", status: "failed", message: "own words\n+ actual - expected\n\n+ Map(1) {\n+   'a' => 1\n+ }\n- 2\n", expected: "2", actual: "Map(1) { 'a' => 1 }", output: "seen\nand told\n" });
  assert.deepEqual([tests[1].expected, tests[1].actual, tests[1].output], ["[ 2 ]", "[ Map(1) { 'a' => 1 } ]", "seen\nand told\n"]);
  assert.match(tests[2].message ?? "", /^SyntaxError: /);
  assert.ok(tests.every(({ message }) => !/\u001b|\n {4}at /.test(message ?? "")));
});

test("an answer that does not parse", async () => {
  const inside = await check('test("a", () => { require("./answer"); }); test("b", () => {})', "const = 1");
  assert.deepEqual(inside.outcome, { type: "completed" });
  assert.match(inside.tests[0].message ?? "", /^SyntaxError: /);
  assert.equal(inside.tests[1].status, "passed");
  const atTop = await check('require("./answer"); test("a", () => {})', "const = 1");
  assert.equal(atTop.outcome.type, "threw");
  assert.deepEqual(atTop.tests, []);
});

test("what nothing settles fails, and those behind it run", async () => {
  assert.deepEqual(await statuses('test("a", () => new Promise(() => {})); it("b", (done) => {}); test("c", () => {})'), {
    a: "failed: Promise resolution is still pending but the event loop has already resolved",
    b: "failed: Promise resolution is still pending but the event loop has already resolved",
    c: "passed",
  });
});

test("a program that is ended fails the test that ran", async () => {
  const { tests, outcome } = await check('test("a", () => {}); test("b", () => { process.exit(0); }); test("c", () => {})');
  assert.deepEqual(outcome, { type: "exited", code: 0 });
  assert.deepEqual(tests.map(({ status }) => status), ["passed", "failed", "not-run"]);
});

test("only the test file registers, and what another does is told", async () => {
  const refused = {
    'test("its", () => {})': "registers a test",
    'require("node:test")("its", () => {})': "registers a test",
    "it.only('its', () => {})": "registers a test",
    "describe('its', () => {})": "registers a suite",
    "before(() => {})": "registers before",
    "require('node:test').afterEach(() => {})": "registers afterEach",
    "expect.extend({})": "calls extend",
  };
  for (const [answer, what] of Object.entries(refused)) {
    const { outcome, tests } = await check('test("mine", () => {}); require("./answer");', answer);
    assert.match(JSON.stringify(outcome), new RegExp(`"Error: answer.js ${what}; only the test file may`), answer);
    assert.deepEqual(tests.map(({ name }) => name), ["mine"]);
    assert.deepEqual(await statuses('try { require("./answer"); } catch {} test("mine", () => {});', answer), { mine: "passed" });
  }
  const helped = { "/test.js": 'require("./files/each").check("a", () => { throw 1; }); test("b", () => {});', "/files/each.js": "exports.check = (n, b) => test(n, b)" };
  const { outcome } = await run(helped, { record: null, tests: true });
  assert.match(JSON.stringify(outcome), /"Error: files\/each.js registers a test; only the test file may/);
});

test("an answer may replace what it likes and be right", async () => {
  const answer = "const push = Array.prototype.push; Array.prototype.push = function (...all) { console.log('push'); return push.apply(this, all); }; Array.prototype.map = function (f) { const made = []; for (const one of this) made.push(f(one)); return made; }; exports.double = (list) => list.map((x) => 2 * x);";
  const { tests } = await check('const { double } = require("./answer"); test("a", () => { expect(double([1, 2])).toEqual([2, 4]); expect([1].map((x) => x)).toEqual([1]); });', answer);
  assert.deepEqual([tests[0].status, tests[0].output], ["passed", "push\npush\npush\n"]);
});

test("matchers of the test file's match, and no others", async () => {
  const source = `expect.extend({ toBeEven: (n) => ({ pass: n % 2 === 0, message: () => "" }) });
    test("a", () => { expect({ a: 1, b: ["x", 4], c: "hello", d: 1 }).toEqual({ a: expect.any(Number), b: expect.arrayContaining([expect.toBeEven()]), c: expect.stringMatching(/^h/), d: expect.not.objectContaining({ e: expect.anything() }) }); });
    test("b", () => { expect(3).toEqual(require("./answer")); });`;
  assert.match(JSON.stringify(await statuses(source, "module.exports = { asymmetricMatch: () => true };")), /^\{"a":"passed","b":"failed: /);
});
