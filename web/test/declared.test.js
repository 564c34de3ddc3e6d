// The names that a source declares for all of itself, and the scopes of a program made of several examples.

import assert from "node:assert/strict";
import { test } from "node:test";
import { instrument } from "../tools/instrument.js";
import { parse } from "../tools/parse.js";

/** @param {string} source */
const declared = (source) => parse(source, null).declared.map(({ name, kind, line }) => `${name} ${kind} ${line}`);

test("declared names", () => {
  assert.deepEqual(declared("const a = 1, { b: [c, ...d], ...e } = {};\nlet f = (g) => g;"), [
    "a lexical 1",
    "c lexical 1",
    "d lexical 1",
    "e lexical 1",
    "f lexical 2",
  ]);
  assert.deepEqual(declared("function f(x) { var y; }\nasync function* g() {}\nclass A { m() { var z; } }"), ["f function 1", "g function 2", "A lexical 3"]);
  assert.deepEqual(declared("for (var i = 0, n; ; ) { var j; let k; }\nif (1) function no() {}\n{ const l = 1; function m() {} }"), ["i var 1", "n var 1", "j var 1"]);
  assert.deepEqual(declared("import a, { b as c } from 'x';\nimport * as d from 'y';\nexport const e = 1;\nexport default function f() {}\nexport { e as g };"), [
    "a import 1",
    "c import 1",
    "d import 2",
    "e lexical 3",
    "f function 4",
  ]);
  assert.deepEqual(declared("const a = "), []);
});

for (const [open, close] of [
  [";__galleyScope2:{", "}"],
  [";((__galleyScope)=>{", "})();"],
  [";await(async(__galleyScope)=>{", "})();"],
]) {
  test(`a scope ${open} counts as the program's own body`, () => {
    const source = `const a = 1;\n${open}const a = 2;\na // 2\n${close}`;
    const parsed = parse(source, open.includes("await") ? "module" : "commonjs");
    assert.deepEqual(
      parsed.statements.map(({ start, end, top, kind }) => [source.slice(start, end), top, kind]),
      [["a", true, "expression"]],
    );
    assert.deepEqual(
      parsed.comments.map(({ after, inside }) => [after, inside]),
      [[0, null]],
    );
    const recorded = instrument({ path: "/a.js", source }, parsed, { watch: [{ id: 0, throws: true }], probes: true });
    assert.match(recorded.source, /__galley\.threw\(0,__error,true\)/);
    if (parsed.kind !== "module") assert.ok(recorded.source.includes(`${open};__galley.scope(`));
  });
}
