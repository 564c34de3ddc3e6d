// Chunk "wording": QuickJS's words for what it can't do, put into V8's, since tutorials state V8's. Here stands what
// QuickJS's own text is enough for; for the rest the chunk "tools" reads the source at the failing place
// (tools/failure.js), loaded when the first such error is made. Nothing here calls into the author's code.

/** @import { Prepared, Tools } from "../protocol.d.ts" */
/** @import { CallSite } from "./errors.js" */

import { defineProperty } from "./define.js";
import { dataProperty, isFunction } from "./values.js";

const { getOwnPropertyDescriptor } = Object;
const functionText = Function.prototype.toString;

const SUPER_FIRST = "Must call super constructor in derived class before accessing 'this' or returning from derived constructor";
const STRICT_ARGUMENTS =
  "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the arguments objects for calls to them";

/** `$native` stands for the built-in function that made the error. @type {[RegExp, string][]} */
const V8_WORDS = [
  [/^cannot read property '(Symbol\.(?!iterator')\w+)' of (undefined|null)$/, "Cannot read properties of $2 (reading 'Symbol($1)')"],
  [/^cannot set property '(Symbol\.\w+)' of (undefined|null)$/, "Cannot set properties of $2 (setting 'Symbol($1)')"],
  [/^cannot read property '(?!Symbol\.iterator')(.*)' of (undefined|null)$/s, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot set property '(.*)' of (undefined|null)$/s, "Cannot set properties of $2 (setting '$1')"],
  [/^this is not initialized$/, SUPER_FIRST],
  [/^(\S+) is not initialized$/, "Cannot access '$1' before initialization"],
  [/^derived class constructor must return an object or undefined$/, "Derived constructors may only return object or undefined"],
  [/^'this' can be initialized only once$/, "Super constructor may only be called once"],
  [/^parent prototype must be an object or null$/, "Class extends value does not have valid prototype property undefined"],
  [/^BigInt is too large(?: to allocate)?$/, "Maximum BigInt size exceeded"],
  [/^BigInt division by zero$/, "Division by zero"],
  [/^cannot convert symbol to (string|number)$/, "Cannot convert a Symbol value to a $1"],
  [/^toPrimitive$/, "Cannot convert object to primitive value"],
  [/^invalid array length$/, "Invalid array length"],
  [/^empty array$/, "Reduce of empty array with no initial value"],
  [/^BigInt are forbidden in JSON\.stringify$/, "Do not know how to serialize a BigInt"],
  [/^Date value is NaN$/, "Invalid time value"],
  [/^(?:expecting (?:hex digit|%|surrogate pair)|malformed UTF-8|invalid character)$/, "URI malformed"],
  [/^bigint argument with unary \+$/, "Cannot convert a BigInt value to a number"],
  [/^cannot convert to BigInt$/, "Cannot convert undefined to a BigInt"],
  [/^BigInt negative exponent$/, "undefined must be positive"],
  [/^invalid string length$/, "Invalid string length"],
  [/^invalid array index$/, "Invalid array buffer length"],
  [/^invalid array index: (.*)$/, "Invalid index : $1"],
  [/^Promise object expected$/, "Method Promise.prototype.$native called on incompatible receiver #<Object>"],
  [/^not a Date object$/, "this is not a Date object."],
  [/^operand 'prototype' property is not an object$/, "Function has non-object prototype 'undefined' in instanceof check"],
  [/^null or undefined are forbidden$/, "String.prototype.$native called on null or undefined"],
  [/^promise self resolution$/, "Chaining cycle detected for promise #<Promise>"],
  [/^cannot invoke a running generator$/, "Generator is already running"],
  [/^circular prototype chain$/, "Cyclic __proto__ value"],
  [/^invalid value used as WeakMap key$/, "Invalid value used as weak map key"],
  [/^invalid value used as WeakSet key$/, "Invalid value used in weak set"],
  [/^regexp must have the 'g' flag$/, "String.prototype.$native called with a non-global RegExp argument"],
  [/^(Map|Set|WeakMap|WeakSet) object expected$/, "Method $1.prototype.$native called on incompatible receiver #<Object>"],
  [/^invalid property access$/, STRICT_ARGUMENTS],
  [/^bad normalization form$/, "The normalization form should be one of NFC, NFD, NFKC, NFKD."],
  [/^unsigned shift of bigint|^bigint operands are forbidden for >>>$/i, "BigInts have no unsigned right shift, use >> instead"],
  [/^iterator must return an object$/, "Iterator result undefined is not an object"],
  [/^Invalid property descriptor\. Cannot both specify accessors and a value or writable attribute$/, "$&, #<Object>"],
  [/^not a symbol$/, "Symbol.prototype.$native requires that 'this' be a Symbol"],
];

const DIGITS = /** @type {Record<string, string>} */ ({
  toFixed: "toFixed() digits argument must be between 0 and 100",
  toPrecision: "toPrecision() argument must be between 1 and 100",
  toExponential: "toExponential() argument must be between 0 and 100",
});

/** What V8's words for need the source. */
const NEEDS_SOURCE =
  /^(?:not an? (?:function|constructor|object)|value is not iterable|cannot read property 'Symbol\.iterator' of \w+|Cannot convert undefined or null to object|'.*' is read-only|no setter for property|object is not extensible|could not delete property|invalid array index|[GS]etter must be a function|cannot convert to BigInt|invalid '(?:in' operand|instanceof' right operand)|parent class must be constructor|private class field '#.*' does not exist|invalid repeat count|cannot convert to BigInt: not an integer|invalid BigInt literal|property is not configurable|object prototype may only be an Object or null|invalid code point|invalid brand on object|cannot convert BigInt to number|proxy: (?:cannot set property|defineProperty exception)|must be called with new|revoked proxy)$/is;

/** QuickJS tells a symbol by its description alone, as it tells a string. */
const SYMBOL_OR_STRING = /^cannot (?:read|set) property '(?!Symbol\.).*' of (?:undefined|null)$/s;

/** What the host puts in front of line 1 of all but modules (Host.compileFunction). */
const WRAPPER = "(function (exports, require, module, __filename, __dirname) {";

/**
 * @typedef {object} Sources what was compiled
 * @property {(path: string) => Prepared | undefined} compiled
 * @property {Tools["v8Words"]} v8Words
 */

/**
 * @param {Error} error with an own message and the name of one that an engine makes itself
 * @param {CallSite[]} sites
 * @param {Sources} sources
 */
export default function rewordError(error, sites, sources) {
  const own = /** @type {PropertyDescriptor} */ (getOwnPropertyDescriptor(error, "message"));
  const name = dataProperty(error, "name");
  const native = sites[0]?.isNative() ? (sites[0].getFunctionName() ?? null) : null;
  const reader = name === "SyntaxError" ? textReader(sites) : null;
  const value = reader === null ? v8Words(own.value, native, sites, sources) : fromSource(own.value, reader, sites, sources);
  if (value !== null) defineProperty(error, "message", { ...own, value });
}

/** @param {string} message @param {string | null} native @param {CallSite[]} sites @param {Sources} sources @returns {string | null} */
function v8Words(message, native, sites, sources) {
  if (message === "invalid number of digits") return DIGITS[native ?? ""] ?? null;
  if (message === "class constructors must be invoked with 'new'") return classWithoutNew(sites[0].getFunction());
  const needsSource = NEEDS_SOURCE.test(message) || (SYMBOL_OR_STRING.test(message) && sites.some((site) => /\bSymbol\b/.test(place(site, sources)?.source ?? "")));
  const row = V8_WORDS.find(([words]) => words.test(message));
  if ((!needsSource && !row) || isThrown(native, sites, sources)) return null;
  return (needsSource ? fromSource(message, native, sites, sources) : null) ?? (row ? message.replace(row[0], row[1].replace("$native", native ?? "get")) : null);
}

/** The built-in that reads source text, when the error is of that text. @param {CallSite[]} sites */
function textReader(sites) {
  // Direct eval is no frame of its own.
  const site = sites.find((at, index) => index < 3 && (at.isNative() || at.getFileName() !== "<input>"));
  const name = site?.isNative() ? (site.getFunctionName() ?? "") : sites[0]?.getFileName() === "<input>" ? "eval" : "";
  return TEXT_READERS.has(name) ? name : null;
}

const TEXT_READERS = new Set(["RegExp", "eval", "Function"]);

/** What the source has told, by place and failure. @type {Map<string, string | null>} */
const told = new Map();

/** @param {string} message @param {string | null} native @param {CallSite[]} sites @param {Sources} sources @returns {string | null} */
function fromSource(message, native, sites, sources) {
  const site = sites.find((at) => place(at, sources) !== null);
  const at = site && place(site, sources);
  if (!at) return null;
  try {
    const called = site.getFunction();
    const text = isFunction(called) ? Reflect.apply(functionText, called, []) : "";
    const key = [site.getFileName(), at.line, at.column, native, message, text].join("\0");
    // A loop fails at one place again and again, and reading the source takes its time.
    if (!told.has(key)) told.set(key, sources.v8Words({ message, native, functionText: text, ...at }));
    return told.get(key) ?? null;
  } catch {
    return null; // no room left on the stack, most likely
  }
}

/** @param {Function | undefined} called */
const classWithoutNew = (called) => `Class constructor ${called ? (getOwnPropertyDescriptor(called, "name")?.value ?? "") : ""} cannot be invoked without 'new'`;

/** @param {CallSite} site @param {Sources} sources */
function place(site, { compiled }) {
  const file = site.getFileName();
  const prepared = typeof file === "string" ? compiled(file) : undefined;
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
  if (!prepared || typeof line !== "number" || typeof column !== "number") return null;
  const isWrapped = line === 1 && prepared.kind !== "module";
  return { source: prepared.source, line, column: isWrapped ? column - WRAPPER.length : column };
}

/**
 * The author's own `throw new TypeError("not a function")`: the place is the name of the error's class.
 * @param {string | null} native @param {CallSite[]} sites @param {Sources} sources
 */
function isThrown(native, [site], sources) {
  if (native !== null || !site || site.isNative()) return false;
  const at = place(site, sources);
  if (at === null) return false;
  const line = at.source.split("\n", at.line)[at.line - 1] ?? "";
  return at.column > 0 && /^\w*Error\b/.test(line.slice(charOf(line, at.column)));
}

/** QuickJS's columns count bytes, from 1. @param {string} line @param {number} column */
function charOf(line, column) {
  let bytes = 1;
  let at = 0;
  for (const char of line) {
    if (bytes >= column) break;
    const code = /** @type {number} */ (char.codePointAt(0));
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += char.length;
  }
  return at;
}
