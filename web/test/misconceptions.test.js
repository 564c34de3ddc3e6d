// What a program prints if a misconception is true, beside what it prints.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run, tools } from "./host.js";

/** Which there are, and which were asked for. */
const asked = new Set();

/** @import { Edit, Kind } from "../protocol.d.ts" */

/** The edits of each misconception that changes anything in a file. @param {string} path @param {string} source @param {Kind | null} kind */
function read(path, source, kind) {
  const program = { files: [{ path, source }], entry: path, kind, probes: [], tests: false, record: null, host: /** @type {const} */ ("node"), watch: [], misconceptions: true };
  const { parsed } = tools.read(program);
  assert.equal(parsed?.error, null);
  return new Map((parsed?.misconceptions ?? []).map((one) => [one.name, one]));
}

/** @param {string} source @param {Edit[]} edits */
function edited(source, edits) {
  let [text, done] = ["", 0];
  for (const edit of edits) {
    assert.ok(done <= edit.start && edit.start <= edit.end, "edits are in order");
    text += source.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return text + source.slice(done);
}

/** @param {Record<string, string>} files @param {Kind | null} kind */
async function printed(files, kind) {
  const { stdout, outcome } = await run(files, { kind, record: null });
  return stdout + (outcome.type === "threw" || outcome.type === "syntax-error" ? `${outcome.error.name}: ${outcome.error.message}\n` : "");
}

/**
 * @param {string} name
 * @param {string | Record<string, string>} program
 * @param {string} is what it prints, its lines separated by blanks
 * @param {string} believed what it would print
 * @param {Kind | null} [kind]
 */
function check(name, program, is, believed, kind = "commonjs") {
  asked.add(name);
  test(name, async () => {
    const files = typeof program === "string" ? { "/main.js": program } : program;
    const words = (/** @type {string} */ text) => text.trimEnd().replaceAll("\n", " ");
    assert.equal(words(await printed(files, kind)), is, "as it is");
    const changed = Object.entries(files).map(([path, source]) => [path, edited(source, read(path, source, path === "/main.js" ? kind : null).get(name)?.edits ?? [])]);
    assert.equal(words(await printed(Object.fromEntries(changed), kind)), believed, JSON.stringify(changed));
  });
}

// Modules

check("exports-is-the-export", { "/main.js": "console.log(require('./a'))", "/a.js": "exports = 1" }, "{}", "1");
check("exports-follows-module-exports", { "/main.js": "console.log(require('./a'))", "/a.js": "module.exports = { a: 1 }; exports.b = 2" }, "{ a: 1 }", "{ a: 1, b: 2 }");
check("exports-are-added", { "/main.js": "console.log(require('./a'))", "/a.js": "exports.a = 1; module.exports = { b: 2 }" }, "{ b: 2 }", "{ a: 1, b: 2 }");
check("require-runs-again", { "/main.js": "require('./a'); require('./a')", "/a.js": "console.log('a')" }, "a", "a a");
check("require-copies", { "/main.js": "require('./a').x = 1; console.log(require('./a'))", "/a.js": "module.exports = { x: 0 }" }, "{ x: 1 }", "{ x: 0 }");
const cycle = { "/main.js": "require('./a')", "/a.js": "exports.a = 1; require('./b')", "/b.js": "console.log(typeof require('./a'))" };
check("cycle-goes-round", cycle, "object", "RangeError: Maximum call stack size exceeded");
check("cycle-gives-nothing", cycle, "object", "undefined");
check("require-is-hoisted", { "/main.js": "'use strict'; console.log(1); require('./a')", "/a.js": "console.log('a')" }, "1 a", "a 1");
const counter = "let count = 0; module.exports = { get count() { return count; }, up() { count++; } };";
check("destructured-stays-linked", { "/main.js": "const { count, up } = require('./a'); up(); console.log(count, { count })", "/a.js": counter }, "0 { count: 0 }", "1 { count: 1 }");
const live = "export let count = 0; export const up = () => void count++; export default 1;";
check("import-copies", { "/main.js": "import one, { count, up as go } from './a.mjs'; go(); console.log(one, count)", "/a.mjs": live }, "1 1", "1 0", "module");
check("import-runs-in-place", { "/main.js": "console.log(1); import a, { b as c } from './a.mjs'; import './b.mjs'; console.log(a + c)", "/a.mjs": "console.log(2); export default 3; export const b = 4", "/b.mjs": "console.log(5)" }, "2 5 1 7", "1 2 5 7", "module");
check("top-this-is-global", "console.log(this === module.exports, (() => this === globalThis)())", "true false", "false true");

// Later

check("callbacks-run-at-once", "setTimeout((a) => console.log(a), 1, 1); queueMicrotask(() => console.log(2)); Promise.resolve(3).then((three) => console.log(three)); process.nextTick(() => console.log(4)); console.log(5)", "5 4 2 3 1", "1 2 3 4 5");
check("promises-wait-for-timers", "setTimeout(() => console.log(1)); Promise.resolve(2).then((two) => console.log(two)); process.nextTick(() => console.log(3))", "3 2 1", "1 3 2");
check("promises-wait-for-timers", "setTimeout(() => console.log(1)); (async () => { console.log(await Promise.resolve(2)) })(); queueMicrotask(() => console.log(3))", "2 3 1", "1 2 3");
check("timers-run-in-the-order-of-calls", "setTimeout(() => console.log(1), 20); setTimeout(() => console.log(2), 10)", "2 1", "1 2");
check("next-tick-stands-in-line", "Promise.resolve().then(() => console.log(1)); process.nextTick(() => console.log(2))", "2 1", "1 2");
check("await-holds-everything-up", "(async () => { const one = await Promise.resolve(1); console.log(one); await null; console.log(2) })(); console.log(3)", "3 1 2", "1 2 3");
check("async-function-begins-later", "(async () => { console.log(1) })(); console.log(2)", "1 2", "2 1");
check("async-function-gives-its-value", "const f = async () => 1; console.log(typeof f())", "object", "number");
check("executor-waits", "new Promise(() => console.log(1)); console.log(2)", "1 2", "2 1");
check("for-each-awaits", "[1, 2].forEach(async (x) => { await null; console.log(x) }); console.log(3);", "3 1 2", "1 2 3");
check("for-each-awaits", "[1, 2].forEach(async (x) => { await null; console.log(x) });\nconsole.log(3);", "3 1 2", "1 2 3", "module");

// Functions

check("default-is-shared", "function f(list = []) { list.push(1); return list.length } console.log(f(), f())", "1 1", "1 2");
check("parameter-is-the-variable", "function f(x) { x = 2 } function g(x) { x++ } const a = 1; f(a); let b = 1; g(b); console.log(a, b)", "1 1", "2 2");
check("parameter-is-the-variable", "function f(x) { x = undefined } let a = 1; f(a); console.log(a)", "1", "undefined");
check("argument-is-copied", "const f = (list) => { list.push(1); return list }; const a = []; console.log(f(a), a)", "[ 1 ] [ 1 ]", "[ 1 ] []");
check("closure-keeps-the-value", "let x = 1; const f = () => x; x = 2; console.log(f())", "2", "1");
check("closure-keeps-the-value", "for (var i = 0; i < 2; i++) setTimeout(function () { console.log(i) })", "2 2", "0 1");
check("this-goes-along", "const o = { x: 1, f() { return this?.x } }; const f = o.f; console.log(f(), [1].map(o.f), { f: o.f }.f())", "undefined [ undefined ] undefined", "1 [ 1 ] 1");
check("this-goes-along", "const o = { x: 1, f() { return [1].map(function () { return this?.x }) } }; console.log(o.f())", "[ undefined ]", "[ 1 ]");
check("arrow-has-this", "const o = { x: 1, f: () => this.x, g: (y) => { return this.x + y } }; console.log(o.f(), o.g(1))", "undefined NaN", "1 2");
check("braces-give-a-value", "console.log([1].map((x) => { x * 2 }), [1].map((x) => { x: 1 }))", "[ undefined ] [ undefined ]", "[ 2 ] [ { x: 1 } ]");
check("map-hands-over-items-only", "console.log(['1', '2'].map(parseInt), ['1', '2'].map(Number.parseInt))", "[ 1, NaN ] [ 1, NaN ]", "[ 1, 2 ] [ 1, 2 ]");

// Statements

check("finally-gives-way", "function f() { try { return 1 } finally { return 2 } } console.log(f())", "2", "1");
check("return-skips-finally", "function f() { try { return 1 } finally { console.log(2) } } console.log(f())", "2 1", "1");
check("return-goes-on-below", "function f() { return\n1 } function g() { return\n{ a: 1 } } console.log(f(), g())", "undefined undefined", "1 { a: 1 }");
check("cases-end-by-themselves", "switch (1) { case 1: console.log(1); case 2: console.log(2) }", "1 2", "1");
check("for-in-gives-values", "for (const x in ['a']) console.log(x); for (const x in { a: 1 }) console.log(x)", "0 a", "a 1");
check("one-round-more", "for (let i = 0; i < 1; i++) console.log(i); let n = 2; while (n > 2) console.log(n--)", "0", "0 1 2");
check("one-round-less", "for (let i = 0; i <= 1; i++) console.log(i)", "0 1", "0");

// Variables

check("let-in-loop-is-var", "for (let i = 0; i < 2; i++) setTimeout(() => console.log(i)); for (const x of [1, 2]) setTimeout(() => console.log(x))", "0 1 1 2", "2 2 2 2");
check("var-is-let", "for (var i = 0; i < 2; i++) setTimeout(() => console.log(i)); var x = 1; { var x = 2 } console.log(x)", "2 2 2", "1 0 1");
check("var-is-not-hoisted", "console.log(x); var x = 1", "undefined", "ReferenceError: Cannot access 'x' before initialization");
check("let-is-var", "let x = 1; { let x = 2; } console.log(x)", "1", "2");
check("const-freezes", "const a = { x: 1 }; a.x = 2; console.log(a)", "{ x: 2 }", "{ x: 1 }");
check("const-can-be-assigned", "const a = 1; a = 2; console.log(a)", "TypeError: Assignment to constant variable.", "2");
check("function-is-not-hoisted", "console.log(f()); function f() { return 1 }", "1", "ReferenceError: Cannot access 'f' before initialization");
check("function-value-is-hoisted", "console.log(f(1)); var f = (x) => x + 1; const g = async function* () {}", "TypeError: f is not a function", "2");

// Objects

check("copy-is-deep", "const a = { x: { y: 1 } }; const b = { ...a }, c = Object.assign({}, a); b.x.y = 2; c.x.y = 3; const d = [[1]]; const [e, f, g] = [d.slice(), [...d], Array.from(d)]; for (const h of [e, f, g]) h[0].push(2); console.log(a, d)", "{ x: { y: 3 } } [ [ 1, 2, 2, 2 ] ]", "{ x: { y: 1 } } [ [ 1 ] ]");
check("spread-shares", "const a = [1]; const b = [...a]; b.push(2); console.log(a)", "[ 1 ]", "[ 1, 2 ]");
check("assignment-copies", "const a = [1]; const b = a; b.push(2); const o = { a: a }; o.a.push(3); let c; c = a; c.push(4); console.log(a)", "[ 1, 2, 3, 4 ]", "[ 1 ]");
check("sort-is-by-number", "console.log([10, 9].sort(), [10, 9].toSorted())", "[ 10, 9 ] [ 10, 9 ]", "[ 9, 10 ] [ 9, 10 ]");
check("sort-leaves-the-array", "const a = [2, 1]; const b = a.sort(); a.reverse(); console.log(a, b)", "[ 2, 1 ] [ 2, 1 ]", "[ 2, 1 ] [ 1, 2 ]");
check("method-changes-in-place", "const s = 'a'; s.toUpperCase(); console.log(s)", "a", "A");
check("push-gives-the-array", "const a = []; const b = a.push(1); console.log(b)", "1", "[ 1 ]");
check("length-counts-the-items", "const a = []; a[2] = 1; console.log(a.length, 'ab'.length)", "3 2", "1 2");
check("delete-closes-the-gap", "const a = [1, 2, 3]; delete a[0]; console.log(a.length, a[0]); const o = { x: 1 }; delete o['x']; console.log(o)", "3 undefined {}", "2 2 {}");
check("equal-by-content", "console.log([1] == '1', [1] === [1], { a: 1 } !== { a: 1 })", "true false true", "false true false");

// Operators

check("typeof-null-is-null", "console.log(typeof null, typeof 1, typeof (undefined))", "object number undefined", "null number undefined");
check("typeof-array-is-array", "console.log(typeof [], typeof {})", "object object", "array object");
check("loose-is-strict", "console.log(1 == '1', 1 != '1')", "true false", "false true");
check("strict-is-loose", "console.log(1 === '1', 1 !== '1')", "false true", "true false");
check("or-is-for-nothing-only", "console.log(0 || 1)", "1", "0");
check("nullish-is-falsy", "console.log(0 ?? 1)", "0", "1");
check("comparisons-chain", "console.log(3 > 2 > 1, 1 < 2 < 3)", "false true", "true true");
check("nan-equals-itself", "const a = NaN; console.log(a === NaN, NaN != a)", "false true", "true false");
check("plus-adds-texts", "console.log('1' + 1, 1 + '1' + 1, 'a' + 1, (1) /* + */ + (2))", "11 111 a1 3", "2 3 a1 3");
check("minus-refuses-texts", "console.log('5' - 2, 6 / 2)", "3 3", "NaN 3");
check("numbers-are-decimal", "console.log(0.1 + 0.2, 0.1 * 3, 1 / 3 > 0, 'a' + 'b')", "0.30000000000000004 0.30000000000000004 true ab", "0.3 0.3 true ab");
check("postfix-is-prefix", "let i = 0; console.log(i++, i); for (let j = 0; j < 1; j++); i++", "0 1", "1 1");
check("prefix-is-postfix", "let i = 0; console.log(++i)", "1", "0");
check("empty-is-falsy", "console.log([] ? 1 : 2, !{}, Boolean([]), [0] ? 1 : 2); if (null) console.log(3)", "1 false true 1", "2 true false 1");

test("each misconception is tried, and each has its sentence", async () => {
  const { BELIEFS } = await import("../tools/misconceptions.js");
  assert.deepEqual(BELIEFS.map(({ name }) => name).filter((name) => !asked.has(name)), []);
  assert.deepEqual([...asked].filter((name) => !BELIEFS.some((belief) => belief.name === name)), []);
  assert.equal(new Set(BELIEFS.map(({ name }) => name)).size, BELIEFS.length);
  for (const { name, why } of BELIEFS) assert.match(why, /^.{30,}\.$/, name);
});

test("what a program has nothing of is not told", () => {
  assert.deepEqual([...read("/main.js", "console.log('a')", "commonjs").keys()], []);
});

test("a misconception that changes one place twice is left out", () => {
  const found = read("/main.js", "console.log(1 < 2 < 3 < 4)", "commonjs");
  assert.equal(found.has("comparisons-chain"), false);
});
