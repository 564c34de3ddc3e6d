// What V8 says, made of QuickJS's text and the source. Expected texts: Node 24's own for the same code. QuickJS's
// message and place were read off the binary's engine.

import assert from "node:assert/strict";
import { test } from "node:test";
import jsonWords from "../runtime/builtins/json-words.js";
import { callText } from "../tools/call-text.js";
import { v8Words } from "../tools/failure.js";
import { parseExpressionAt } from "acorn";

/** `^` stands in the source at the place that QuickJS tells. @param {string} message @param {string} marked @param {string | null} [native] */
function words(message, marked, native = null) {
  const column = marked.indexOf("^") + 1;
  return v8Words({ message, source: marked.replace("^", ""), line: 1, column, functionText: "", native });
}

/** @type {[message: string, marked: string, v8: string, native?: string][]} */
const FAILURES = [
  ["not a function", "o.a.^b()", "o.a.b is not a function"],
  ["not a function", "^n()", "n is not a function"],
  ["not a function", "new ^n()", "n is not a constructor"],
  ["not a function", "const f = () => 1; ^f()()", "f(...) is not a function"],
  ["not a function", "console.log(^n())", "n is not a function"],
  ["not a function", "const s = new Set; s.add(1).^push(2)", "s.add(...).push is not a function"],
  ["not a function", " __galley.value(0,(o.^x()))", "o.x is not a function"],
  ["not a function", "[1].^map(5)", "number 5 is not a function", "map"],
  ["not a function", "new ^Promise()", "Promise resolver undefined is not a function", "Promise"],
  ["value is not iterable", "for (const x of ^o) ;", "o is not iterable"],
  ["value is not iterable", "[...^f()]", "f is not a function or its return value is not iterable"],
  ["value is not iterable", "f(...^o)", "Spread syntax requires ...iterable[Symbol.iterator] to be a function"],
  ["cannot read property 'Symbol.iterator' of undefined", "[...^u]", "u is not iterable"],
  ["value is not iterable", "new ^Map(5)", "number 5 is not iterable (cannot read property Symbol(Symbol.iterator))", "Map"],
  ["Cannot convert undefined or null to object", "^const { a } = u", "Cannot destructure property 'a' of 'u' as it is undefined."],
  ["Cannot convert undefined or null to object", "^const { a } = null", "Cannot destructure property 'a' of 'null' as it is null."],
  ["'c' is read-only", "const c = 1; ^c = 2", "Assignment to constant variable."],
  ["'a' is read-only", "const o = Object.freeze({ a: 1 }); ^o.a = 2", "Cannot assign to read only property 'a' of object '#<Object>'"],
  ["'0' is read-only", "const o = Object.freeze([1]); ^o[0] = 2", "Cannot assign to read only property '0' of object '[object Array]'"],
  ["no setter for property", "const p = new Person(); ^p.age = 2", "Cannot set property age of #<Person> which has only a getter"],
  ["object is not extensible", "^o.b = 2", "Cannot add property b, object is not extensible"],
  ["could not delete property", "delete ^o.a", "Cannot delete property 'a' of #<Object>"],
  ["invalid 'in' operand", "'a' in ^'abc'", "Cannot use 'in' operator to search for 'a' in abc"],
  ["invalid 'instanceof' right operand", "({}) instanceof ^5", "Right-hand side of 'instanceof' is not an object"],
  ["parent class must be constructor", "class A extends ^5 {}", "Class extends value 5 is not a constructor or null"],
  ["private class field '#p' does not exist", "class A { #p; static g(o) { return ^o.#p } }", "Cannot read private member #p from an object whose class did not declare it"],
  ["invalid repeat count", "'x'.^repeat(-1)", "Invalid count value: -1", "repeat"],
  ["unexpected end", "new ^RegExp('[')", "Invalid regular expression: /[/: Unterminated character class", "RegExp"],
  ["syntax error", "new ^RegExp('{1}', 'u')", "Invalid regular expression: /{1}/u: Nothing to repeat", "RegExp"],
  ["syntax error", "new ^RegExp('}', 'u')", "Invalid regular expression: /}/u: Lone quantifier brackets", "RegExp"],
  ["invalid repeat count", "'x'.^repeat(Infinity)", "Invalid count value: Infinity", "repeat"],
  ["invalid array index", "new ^ArrayBuffer(-1)", "Invalid array buffer length", "ArrayBuffer"],
  ["invalid array index", "new ^Uint8Array(-1)", "Invalid typed array length: -1", "Uint8Array"],
  ["cannot convert to BigInt", "^BigInt(null)", "Cannot convert null to a BigInt", "BigInt"],
  ["Getter must be a function", "Object.^defineProperty({}, 'a', { get: 5 })", "Getter must be a function: 5", "defineProperty"],
  ["cannot read property 'q' of null", "const s = Symbol('q'); null[^s]", "Cannot read properties of null (reading 'Symbol(q)')"],
  ["cannot set property 'q' of null", "null[^Symbol('q')] = 1", "Cannot set properties of null (setting 'Symbol(q)')"],
  ["cannot read property 'Symbol.iterator' of undefined", "u[^Symbol.iterator]", "undefined is not iterable (cannot read property Symbol(Symbol.iterator))"],
  ["value is not iterable", "for (const x of { [^Symbol.iterator]: 1 }) ;", "object is not iterable (cannot read property Symbol(Symbol.iterator))"],
  ["not an object", "for (const x of ^it) ;", "Result of the Symbol.iterator method is not an object"],
  ["not an object", "Promise.^resolve.call(1)", "PromiseResolve called on non-object", "resolve"],
  ["not an object", "Promise.^all.call(1)", "Promise.all called on non-object", "all"],
  ["not a function", "const o = { f: null }; [1].^map(o.f)", "object null is not a function", "map"],
  ["'n' is read-only", "import * as ns from './lib.mjs'; ^ns.n = 1", "Cannot assign to read only property 'n' of object '[object Module]'"],
  ["expecting ';'", "^eval('foo bar')", "Unexpected identifier 'bar'", "eval"],
];

for (const [message, marked, v8, native] of FAILURES) test(`${marked}: ${v8}`, () => assert.equal(words(message, marked, native), v8));

test("what another part of the source writes to is not told", () => {
  assert.equal(words("not a function", "const o = { f: null }; o.f = g; [1].^map(o.f)", "map"), null);
  assert.equal(words("cannot read property 'q' of null", "Symbol('q'); null[^q]"), null);
});

test("QuickJS's columns count bytes", () => {
  const source = "/* 日本😀 */ o.x()";
  assert.equal(v8Words({ message: "not a function", source, line: 1, column: 20, functionText: "", native: null }), "o.x is not a function");
});

test("expressions as V8 writes them", () => {
  /** @type {[string, string][]} */
  const texts = [
    ["(a, b)", "(a , b)"],
    ["(a ? b : c)", "(intermediate value)(intermediate value)(intermediate value)"],
    ["(n + 1 + 2)", "(n + 1 + 2)"],
    ["({ a: 1 }).b", "{(intermediate value)}.b"],
    ["[1, [n]].foo", "[1,[n]].foo"],
    ["o['a-b']", "o.a-b"],
    ["o[k + 1]", "o[(k + 1)]"],
    ["o?.zz", "o?.zz"],
    ["new Date().foo", "(intermediate value).foo"],
    ["(void 0)", "(void 0)"],
  ];
  for (const [source, text] of texts) assert.equal(callText(parseExpressionAt(source, 0, { ecmaVersion: "latest" })), text);
});

const json = jsonWords(/** @type {any} */ ({ proxyDetails: () => undefined }));

test("texts that are no JSON", () => {
  /** @type {[string, string][]} */
  const texts = [
    ["", "Unexpected end of JSON input"],
    ["{", "Expected property name or '}' in JSON at position 1 (line 1 column 2)"],
    ["{a:1}", "Expected property name or '}' in JSON at position 1 (line 1 column 2)"],
    ["{\"a\":1,}", "Expected double-quoted property name in JSON at position 7 (line 1 column 8)"],
    ["{\"a\" 1}", "Expected ':' after property name in JSON at position 5 (line 1 column 6)"],
    ["[1,", "Unexpected end of JSON input"],
    ["[1 2]", "Expected ',' or ']' after array element in JSON at position 3 (line 1 column 4)"],
    ["undefined", "\"undefined\" is not valid JSON"],
    ["not json", "Unexpected token 'o', \"not json\" is not valid JSON"],
    ["\"abc", "Unterminated string in JSON at position 4 (line 1 column 5)"],
    ["\"a\nb\"", "Bad control character in string literal in JSON at position 2 (line 1 column 3)"],
    ["01", "Unexpected number in JSON at position 1 (line 1 column 2)"],
    ["1 2", "Unexpected non-whitespace character after JSON at position 2 (line 1 column 3)"],
    ["<html>", "Unexpected token '<', \"<html>\" is not valid JSON"],
    ["[object Object]", "\"[object Object]\" is not valid JSON"],
    ["nul", "Unexpected end of JSON input"],
    ["{\"a\":tru}", "Unexpected token '}', \"{\"a\":tru}\" is not valid JSON"],
    ["-", "No number after minus sign in JSON at position 1 (line 1 column 2)"],
    ["1.", "Unterminated fractional number in JSON at position 2 (line 1 column 3)"],
    ["1e", "Exponent part is missing a number in JSON at position 2 (line 1 column 3)"],
    ["\"\\x\"", "Bad escaped character in JSON at position 2 (line 1 column 3)"],
    ["\"\\u12\"", "Bad Unicode escape in JSON at position 5 (line 1 column 6)"],
    ["{\"user\": {\"name\": \"Jo\", age: 5}}", "Expected double-quoted property name in JSON at position 24 (line 1 column 25)"],
    ["This is not valid JSON at all, no", "Unexpected token 'T', \"This is no\"... is not valid JSON"],
    ["{\"key\": value and then some more text}", "Unexpected token 'v', \"{\"key\": value and \"... is not valid JSON"],
    ["[\n1,\n]", "Unexpected token ']', \"[\n1,\n]\" is not valid JSON"],
    ["{\"long long long long\": x}", "Unexpected token 'x', ...\"ng long\": x}\" is not valid JSON"],
  ];
  for (const [text, v8] of texts) assert.equal(json.problemOf(text), v8);
  assert.equal(json.problemOf('{"a":[1,true,null,"x\\n",-1.5e+3]}'), null);
});

test("objects that contain themselves, as this very engine words them", () => {
  class Node { me = this; }
  const list = [{ a: /** @type {unknown} */ (null) }];
  list[0].a = list;
  const deep = { a: { b: { c: { d: { e: /** @type {unknown} */ (null) } } } } };
  deep.a.b.c.d.e = deep;
  const getter = { get self() { throw new Error("was called"); }, own: /** @type {unknown} */ (null) };
  getter.own = deep;
  for (const value of [{ n: new Node() }, list, deep]) assert.equal(json.circleOf(value), problem(() => JSON.stringify(value)));
  assert.match(String(json.circleOf(getter)), /starting at object with constructor 'Object'/);
  assert.equal(json.circleOf({ a: [1] }), null);
});

/** @param {() => unknown} fails */
function problem(fails) {
  try {
    fails();
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
  return null;
}
