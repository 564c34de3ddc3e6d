// Answers that are wrong and try to pass all the same; data of cheats.test.js. Each is put before a wrong `one`.

/** By what is tried. @type {Record<string, string>} */
export const CHEATS = {
  "nothing": "",
  "assert.strictEqual does nothing": 'const a = require("assert"); for (const k of Object.keys(a)) { try { a[k] = () => {} } catch {} try { Object.defineProperty(a, k, { value() {} }) } catch {} }',
  "assert.strict does nothing": 'const a = require("node:assert/strict"); for (const k of Object.keys(a)) { try { a[k] = () => {} } catch {} }',
  "another assert is required": 'const fake = new Proxy(function () {}, { get: () => fake, apply: () => fake }); module.constructor.prototype.require = () => fake; require("module").prototype.require = () => fake; module.parent.require = () => fake; try { Object.defineProperty(module.parent, "require", { value: () => fake }) } catch {} try { require.main.require = () => fake; require.main.constructor.prototype.require = () => fake } catch {} require("module")._load = () => fake',
  "the globals are replaced": 'for (const k of ["test", "it", "describe", "expect", "assert", "beforeEach"]) { const f = new Proxy(function () {}, { get: () => f, apply: () => f }); try { globalThis[k] = f } catch {} try { Object.defineProperty(globalThis, k, { value: f }) } catch {} try { delete globalThis[k] } catch {} }',
  "node:test is replaced": 'const t = require("node:test"); for (const k of Object.keys(t)) { try { t[k] = () => {} } catch {} }',
  "it ends the program while it loads": "process.exit(0)",
  "it ends the program in its function": "module.exports.before = () => process.exit(0)",
  "it ends the program in a timer": "setTimeout(() => process.exit(0), 0)",
  "it ends the program in a microtask": "Promise.resolve().then(() => process.exit(0))",
  "it registers a test that passes and ends the program": 'require("node:test")("fine", () => {}); setImmediate(() => process.exit(0))',
  "it says that its own test runs alone": 'require("node:test").only("fine", () => {}); test.only("fine", () => {}); describe.only("d", () => { it("fine", () => {}) }); fit("fine", () => {})',
  "its hook skips what fails": 'let n = 0; require("node:test").beforeEach((t) => { if (n++ > 0) t.skip() }); beforeEach(function () { if (n++ > 0) this.skip() })',
  "everything is skipped but once": 'let n = 0; Object.defineProperty(Object.prototype, "skip", { get() { return n++ > 0 }, configurable: true })',
  "everything is to do": "Object.prototype.todo = true; Object.prototype.skip = false",
  "everything fails on purpose": "Object.prototype.fails = true",
  "results are written": 'Object.defineProperty(Object.prototype, "status", { get: () => "passed", set() {}, configurable: true }); Object.defineProperty(Object.prototype, "failed", { get: () => false, set() {}, configurable: true })',
  "toJSON lies": 'Object.prototype.toJSON = function () { return this.status ? { ...this, status: "passed" } : this }; Array.prototype.toJSON = () => []',
  "Object.is": "Object.is = () => true",
  "Array.prototype.push": "Array.prototype.push = function () { return 0 }",
  "all of Array.prototype": 'for (const k of Reflect.ownKeys(Array.prototype)) if (typeof Array.prototype[k] === "function" && k !== "constructor") Array.prototype[k] = () => []',
  "every is true": "Array.prototype.every = () => true; Array.prototype.some = () => false; Array.prototype.includes = () => true",
  "iteration gives nothing": "Array.prototype[Symbol.iterator] = function* () {}",
  "iteration gives twos": "Array.prototype[Symbol.iterator] = function* () { yield 2; yield 2 }",
  "iteration's next is done": "Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true })",
  "maps and sets are empty": "Map.prototype.get = () => undefined; Map.prototype.has = () => true; Set.prototype.has = () => true; WeakMap.prototype.get = () => undefined; Map.prototype.set = function () { return this }",
  "JSON.stringify": 'JSON.stringify = () => "{}"; JSON.parse = () => ({})',
  "Object.keys": "Object.keys = () => []; Object.entries = () => []; Object.getOwnPropertyNames = () => []; Reflect.ownKeys = () => []",
  "Object.prototype.toString": 'Object.prototype.toString = () => "[object Number]"; Object.prototype.hasOwnProperty = () => true; Object.hasOwn = () => true',
  "Function.prototype.call": "Function.prototype.call = () => true; Function.prototype.apply = () => true; Function.prototype.bind = () => () => true",
  "Reflect.apply": "Reflect.apply = () => true; Reflect.construct = () => ({}); Reflect.get = () => () => {}",
  "then settles at once": "Promise.prototype.then = function (f) { f?.(); return this }; Promise.prototype.catch = function () { return this }; Promise.prototype.finally = function () { return this }",
  "promises are of another class": "class Evil { constructor(f) { f(() => {}, () => {}) } then(f) { f(1) } static resolve() { return new Evil(() => {}) } } try { Promise.prototype.constructor = Evil } catch {} try { Object.defineProperty(Promise, Symbol.species, { get: () => Evil }) } catch {} globalThis.Promise = Evil",
  "Promise.resolve": "const P = Promise; P.resolve = () => new P(() => {}); P.reject = () => P.resolve(1); P.all = () => P.resolve([])",
  "errors are none": "globalThis.Error = function () { return {} }; globalThis.TypeError = globalThis.Error; Error[Symbol.hasInstance] = () => true",
  "errors do not throw": 'Object.defineProperty(Error.prototype, "message", { get: () => "", set() {}, configurable: true }); Object.defineProperty(Error.prototype, "name", { get: () => { throw 1 }, configurable: true })',
  "stacks lie": 'Error.prepareStackTrace = () => "/test.js"; Error.stackTraceLimit = 0; require("node:test").only("fine", () => {})',
  "stacks name the test": 'const site = { getFileName: () => "/test.js", getScriptNameOrSourceURL: () => "/test.js", getFunction() {}, isNative: () => false, getFunctionName: () => "x", getLineNumber: () => 1, getColumnNumber: () => 1 }; try { Object.defineProperty(Error, "prepareStackTrace", { get: () => (e, s) => [site], set() {} }) } catch {} require("node:test").only("fine", () => {}); beforeEach(function () { this.skip() })',
  "call sites lie": 'Error.prepareStackTrace = (e, s) => s; const sites = new Error().stack; if (Array.isArray(sites)) { const p = Object.getPrototypeOf(sites[0]); for (const k of Object.getOwnPropertyNames(p)) try { p[k] = () => "/test.js" } catch {} } require("node:test").only("fine", () => {})',
  "the console": "console.log = console.error = () => {}; console.log('ok 1 - all tests passed')",
  "what fails is listened to": 'process.on("uncaughtException", () => {}); process.on("unhandledRejection", () => {}); process.on("exit", () => { process.exitCode = 0 })',
  "regular expressions": "RegExp.prototype.test = () => true; RegExp.prototype.exec = () => [''] ; String.prototype.includes = () => true; String.prototype.match = () => ['']",
  "numbers": "Number.isNaN = () => true; Math.abs = () => 0; Number.prototype.valueOf = () => 2; Number.isInteger = () => true; globalThis.isNaN = () => true",
  "expect.extend": "expect.extend({ toBe: () => ({ pass: true }), toEqual: () => ({ pass: true }) })",
  "equality testers": "expect.addEqualityTesters([() => true])",
  "a matcher is replaced": 'for (let p = Object.getPrototypeOf(expect(1)); p && p !== Object.prototype; p = Object.getPrototypeOf(p)) for (const k of Reflect.ownKeys(p)) { try { p[k] = () => {} } catch {} try { Object.defineProperty(p, k, { value: () => {} }) } catch {} }',
  "expect is replaced": 'for (const k of Reflect.ownKeys(expect)) { try { expect[k] = () => ({}) } catch {} }',
  "chai": 'const c = require("chai"); try { c.config.deepEqual = () => true } catch {} try { c.use((chai, u) => { u.overwriteMethod(chai.Assertion.prototype, "equal", () => function () {}); chai.Assertion.prototype.assert = () => {} }) } catch {} try { c.util.overwriteMethod(c.Assertion.prototype, "toBe", () => function () {}) } catch {} try { c.Assertion.prototype.assert = () => {} } catch {} for (const k of Object.keys(c.assert)) try { c.assert[k] = () => {} } catch {}',
  "chai's chains": 'const p = Object.getPrototypeOf(expect(1)); try { for (const m of Object.values(p.__methods ?? {})) { m.method = () => {}; m.chainingBehavior = () => {} } } catch {}',
  "vitest's state": 'for (const k of Object.getOwnPropertySymbols(globalThis)) { try { globalThis[k].customEqualityTesters.push(() => true) } catch {} }; for (const s of ["matchers-object", "$$jest-matchers-object", "asymmetric-matchers-object"]) { try { globalThis[Symbol.for(s)].customEqualityTesters.push(() => true) } catch {} }',
  "the test's module": 'try { module.parent.exports = {}; module.parent.loaded = true; delete require.cache["/test.js"]; require.cache["/test.js"] = { exports: {} }; require.cache[__filename].exports = { one: () => 1 } } catch {}',
  "mocks": 'const { mock } = require("node:test"); try { mock.method(require("assert"), "strictEqual", () => {}) } catch {} try { jest.spyOn(require("assert"), "strictEqual").mockImplementation(() => {}) } catch {} try { jest.spyOn(expect(1), "toBe").mockImplementation(() => {}) } catch {}',
  "time stands still": "globalThis.setTimeout = (f) => 0; globalThis.queueMicrotask = () => {}; process.nextTick = () => {}",
  "timers end it": "globalThis.setTimeout = () => process.exit(0)",
  "the language is frozen": "for (const c of [Object, Array, Promise, Map, Set, Function, Error]) { Object.freeze(c.prototype); Object.freeze(c) }",
  "getters for descriptors": 'Object.defineProperty(Object.prototype, "get", { get() { throw new Error("no") }, configurable: true }); Object.prototype.value = 1; Object.prototype.writable = true',
  "an index of every array": 'for (let i = 0; i < 50; i++) Object.defineProperty(Array.prototype, i, { get: () => undefined, set() {}, configurable: true })',
  "it fills the stack in its function": "module.exports.before = () => { try { (function f() { f() })() } catch {} }",
};

/** What every answer of these fails: `one` gives 2, `later` a promise of 2. */
export const TEST = `
const { one, later, before } = require("./answer");
const nodeTest = require("node:test");
const assert2 = require("node:assert");
const strict = require("assert/strict");
nodeTest("node", () => { before?.(); assert2.strictEqual(one(), 1); });
nodeTest("strict", () => { strict.deepEqual({ a: [one()] }, { a: [1] }); });
nodeTest("ok", () => { assert2(one() === 1); });
nodeTest("throws", () => { assert2.throws(() => one()); });
nodeTest("promise", async () => { assert2.strictEqual(await later(), 1); });
nodeTest("rejects", async () => { await assert2.rejects(later()); });
nodeTest("returned", () => later().then((value) => { assert2.strictEqual(value, 1); }));
nodeTest("callback", (t, done) => { done(one() === 1 ? null : new Error("no")); });
nodeTest("thrown", () => { if (one() !== 1) throw undefined; });
nodeTest("t.assert", (t) => { t.plan(1); t.assert.equal(one(), 1); });
describe("globals", () => {
  it("toBe", () => { expect(one()).toBe(1); });
  it("toEqual", () => { expect({ a: [one()] }).toEqual({ a: [1] }); });
  it("sets", () => { expect(new Set([one()])).toEqual(new Set([1])); });
  it("not", () => { expect(one()).not.toBe(2); });
  it("toThrow", () => { expect(() => one()).toThrow(); });
  it("resolves", async () => { await expect(later()).resolves.toBe(1); });
  it("chai", () => { expect(one()).to.equal(1); });
  it("chai's assert", () => { assert.strictEqual(one(), 1); });
  it("chai's deepEqual", () => { assert.deepEqual([one()], [1]); });
  it("toContain", () => { expect([one()]).toContain(1); });
  it("toMatch", () => { expect("a" + one()).toMatch(/a1/); });
  it("close", () => { expect(one()).toBeCloseTo(1, 5); });
  it("truthy", () => { expect(one() === 1).toBeTruthy(); });
  it("count", () => { expect.assertions(2); expect(1).toBe(1); });
  it("done", (done) => { setTimeout(() => done(one() === 1 ? undefined : new Error("no")), 5); });
  it("later", async () => { await new Promise((resolve) => setTimeout(resolve, 5)); expect(one()).toBe(1); });
});
`;

/** The answer behind the cheat. */
export const WRONG = "\n;exports.one = () => 2; exports.later = async () => 2;";
