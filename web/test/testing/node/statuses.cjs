// How tests end, and what they say.
const test = require("node:test");
const assert = require("node:assert");
const { describe, it, before, after, beforeEach, afterEach } = test;
const log = (...words) => console.log(words.join(" "));

describe("asynchronous body", async () => { await null; it("inside", () => log("inside")); });
describe("broken body", () => { it("not begun", () => log("not begun")); throw new Error("body"); });
describe("broken before", () => {
  before(() => { throw new Error("before"); });
  afterEach(() => log("not for it"));
  after(() => log("after all the same"));
  it("one", () => log("one"));
  it("two", () => log("two"));
});
describe("broken beforeEach", () => {
  beforeEach(() => { throw new Error("beforeEach"); });
  afterEach(() => log("afterEach all the same"));
  it("three", () => log("three"));
});
describe("broken afterEach", () => { afterEach(() => { throw new Error("afterEach"); }); it("four", () => log("four")); });
describe.skip("skipped suite", () => { log("body"); it("five", () => log("five")); });
describe.todo("suite to do", () => { it("six", () => log("six")); it("seven", () => { throw new Error("seven"); }); });
test("the plan is kept", (t) => { t.plan(2); t.assert.ok(1); t.assert.equal(1, 1); });
test("the plan is short", (t) => { t.plan(2); t.assert.ok(1); });
test("the plan is long", { plan: 1 }, (t) => { t.assert.ok(1); t.assert.ok(1); });
test("times out", { timeout: 20 }, () => new Promise((resolve) => setTimeout(resolve, 200)));
test("awaited subtest fails", async (t) => { await t.test("in it", () => { throw new TypeError("no"); }); log("goes on"); });
test("two subtests fail", (t) => { t.test("in it", () => { throw new Error("no"); }); t.test("too", () => { throw 5; }); });
test("a subtest to do fails", async (t) => { await t.test("may", { todo: true }, () => { throw new Error("no"); }); });
test("undefined is thrown", () => { throw undefined; });
test("null is rejected", async () => { throw null; });
test("uncaught", (t, done) => { setTimeout(() => { throw new Error("later"); }, 1); });
test("unhandled", async () => { Promise.reject(new Error("nobody")); await new Promise((resolve) => setTimeout(resolve, 5)); });
test("skipped with a reason", { skip: "because" }, () => log("skipped with a reason"));
test("not skipped", { skip: false }, () => log("not skipped"));
test("skips itself, then throws", (t) => { t.skip(); throw new Error("boo"); });
test(() => {});
test(function named() {});
test("to do", { todo: "soon" }, () => log("to do"));
test("becomes to do", (t) => { t.todo(); throw new Error("no"); });
test("assertion", () => { assert.deepStrictEqual({ a: [1] }, { a: [2] }); });
test("returns a value", () => 5);
test("thenable", () => ({ then(resolve) { resolve(); } }));
test("thenable that rejects", () => ({ then(_, reject) { reject(new Error("rejected")); } }));
