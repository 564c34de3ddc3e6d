// Which small changes there are of a source.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "acorn";
import { tools } from "./host.js";

/** Each changed source. @param {string} source @param {import("../protocol.d.ts").Kind} kind */
function mutated(source, kind = "commonjs") {
  const program = { files: [{ path: "/a.js", source }], entry: "/a.js", kind, probes: [], tests: false, record: null, host: /** @type {const} */ ("node"), watch: [], mutants: true };
  const { parsed } = tools.read(program);
  assert.equal(parsed?.error, null);
  const changed = (parsed?.mutants ?? []).map(({ start, end, text }) => source.slice(0, start) + text + source.slice(end));
  // One that does not parse would fail every test, and prove nothing.
  for (const text of changed) parse(text, { ecmaVersion: "latest", sourceType: kind === "module" ? "module" : "script", allowReturnOutsideFunction: true });
  return changed;
}

/** @param {string} source @param {string[]} wanted */
const check = (source, wanted) => assert.deepEqual(mutated(source), wanted);

test("operators are swapped", () => {
  check("x = a + b", [";", "x = a - b"]);
  check("x = (a) /* * */ * b % c", [";", "x = (a) /* * */ / b % c", "x = (a) /* * */ * b * c"]);
  check("x = a < b === c >= d", [";", "x = a <= b === c >= d", "x = a < b !== c >= d", "x = a < b === c > d"]);
  check("x = a && b || c", [";", "x = a || b || c", "x = a && b && c"]);
  check("x = a ?? b", [";", "x = a && b"]);
  check("x = a ?? b ?? c", [";"]);
  check("x -= y", [";", "x += y"]);
  check("x++", ["x--"]);
  check("--x", ["++x"]);
  check("x = !y", [";", "x = y"]);
  check("function f() {return!y}", ["function f() {return y}", "function f() {return undefined}"]);
  check("x = typeof a + -b", [";", "x = typeof a - -b"]);
});

test("texts are not added up to a number", () => {
  check("x = a + 'b'", [";", 'x = a + ""']);
  check("x += `b`", [";", 'x += ""']);
});

test("literals change", () => {
  check("x = 1.5", [";", "x = 2.5"]);
  check("x = [true, false]", [";", "x = [false, false]", "x = [true, true]"]);
  check("x = 'a'", [";", 'x = ""']);
  check("x = ``", [";", 'x = "mutant"']);
  check("x = ''", [";", 'x = "mutant"']);
  check("x = null", [";"]);
  check("x = 1n", [";"]);
});

test("names of modules and properties, and directives, stay", () => {
  check("'use strict'; x = require('a')", ["'use strict'; ;"]);
  check("x = { 'a b': y }", [";"]);
  assert.deepEqual(mutated("import a from 'a' with { type: 'json' }; export { a as 'b' }; import('c')", "module"), ["import a from 'a' with { type: 'json' }; export { a as 'b' }; ;"]);
  check("x = f`a`", [";"]);
});

test("conditions are decided", () => {
  check("if (a) b++", ["if (true) b++", "if (false) b++", "if (a) b--"]);
  check("x = a ? b : c", [";", "x = true ? b : c", "x = false ? b : c"]);
  check("while (a) b++", ["while (false) b++", "while (a) b--"]);
  check("if (true) b++", ["if (false) b++", "if (true) b--"]);
});

test("statements are dropped, and what is returned", () => {
  check("f()", [";"]);
  check("if (a()) throw b", ["if (true) throw b", "if (false) throw b", "if (a()) ;"]);
  check("function f() { return a }", ["function f() { return undefined }"]);
  check("function f() { return undefined }", []);
  check("function f() { a: for (;;) { if (b) break a; return; } }", [
    "function f() { a: for (;;) { if (true) break a; return; } }", "function f() { a: for (;;) { if (false) break a; return; } }",
    "function f() { a: for (;;) { if (b) ; return; } }", "function f() { a: for (;;) { if (b) break a; ; } }",
  ]);
  check("switch (a) { case b: break; }", []);
  check("x = (a) => ({ a })", [";", "x = (a) => undefined"]);
  check("x = () => (a, b)", [";", "x = () => undefined"]);
  check("x = f(...a, [...b], { ...c })", [";", "x = f(a, [...b], { ...c })", "x = f(...a, [b], { ...c })"]);
});

test("a line with the comment stays as it is", () => {
  check("x = 1; // mutant-ok: any number does\ny = 2;", ["x = 1; // mutant-ok: any number does\n;", "x = 1; // mutant-ok: any number does\ny = 3;"]);
  check("// mutant-ok\nx = 1;\ny++", ["// mutant-ok\nx = 1;\ny--"]);
});
