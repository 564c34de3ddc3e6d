// Which statement each comment is said to stand at, and of which kind sources are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tools } from "./host.js";

/** Each comment as "text: after / before / inside", statements by their text. @param {string} source */
function placed(source) {
  const { statements, comments, error } = tools.parse(source, null);
  assert.equal(error, null);
  /** @param {number | null} id */
  const text = (id) => (id === null ? "-" : source.slice(statements[id].start, statements[id].end).replace(/\s+/g, " "));
  return comments.map(({ text: comment, after, before, inside, trailing }) =>
    `${comment.trim()}: ${text(after)}${trailing ? " (same line)" : ""} / ${text(before)} / ${text(inside)}`);
}

test("a comment stands after, before and inside statements", () => {
  assert.deepEqual(placed("f(); // a\n// b\ng();"), ["a: f(); (same line) / g(); / -", "b: f(); / g(); / -"]);
  assert.deepEqual(placed("if (x) {\n  f() /* a */;\n}"), ["a: f() /* a */; (same line) / - / f() /* a */;"]);
  assert.deepEqual(placed("call(1, // a\n 2)"), ["a: - / - / call(1, // a 2)"]);
});

test("the innermost statement that ended is meant, but never a body's block", () => {
  assert.deepEqual(placed("if (a) f(); // x"), ["x: f(); (same line) / - / -"]);
  assert.deepEqual(placed("for (;;) { f(); } // x"), ["x: for (;;) { f(); } (same line) / - / -"]);
  assert.deepEqual(placed("a: for (;;) break a; // x"), ["x: break a; (same line) / - / -"]);
});

test("statements have kinds", () => {
  const source = "a; // 1\nconsole.log(a); // 2\nalert(a) // 3\nconst b = 1; // 4\nlet c; // 5\nexport const d = 2; // 6\nconsole[a](b) // 7";
  assert.deepEqual(tools.parse(source, null).statements.map(({ kind }) => kind), ["expression", "print", "print", "declaration", "declaration", "declaration", "expression"]);
});

test("top is only what stands in the program itself", () => {
  assert.deepEqual(tools.parse("{ a; /* 1 */ } b; // 2", null).statements.map(({ top }) => top), [true, false, true]);
});

test("the kind is read from the syntax", () => {
  const kinds = ["1", "return 1", "module.exports = 1", "let exports2", "o.exports", "import 'a'", "await 1", "export {}", "x = import.meta"];
  assert.deepEqual(kinds.map((source) => tools.parse(source, null).kind),
    ["script", "script", "commonjs", "script", "script", "module", "module", "module", "module"]);
});

test("broken code gives a place, V8's words, and the comments before", () => {
  const { error, statements, comments } = tools.parse("let a = 1; // one\nlet a = 2;", null);
  assert.deepEqual(error, { message: "Identifier 'a' has already been declared", line: 2, column: 5, offset: 22 });
  assert.deepEqual([statements, comments.length], [[], 1]);
  /** @param {string} source */
  const message = (source) => tools.parse(source, null).error?.message;
  assert.equal(message("var a = ;"), "Unexpected token ';'");
  assert.equal(message("const d"), "Missing initializer in const declaration");
  assert.equal(message("f("), "Unexpected end of input");
  assert.equal(message("var a b"), "Unexpected identifier 'b'");
  assert.equal(message('"abc'), "Invalid or unexpected token");
  assert.equal(message("1 = 2"), "Invalid left-hand side in assignment");
  assert.equal(message("break"), "Illegal break statement");
});
