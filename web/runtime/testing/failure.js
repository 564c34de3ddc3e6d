// What a result tells of an error. Nothing of the program's is called for it.

import { isError } from "../errors.js";
import { dataProperty, isObject, wellFormed } from "../values.js";

/** The frames of a stack, which each engine has in another way. An inspected string has no such lines. */
const FRAME = /\n\s+at [^\n]*?(?::\d+:\d+|<anonymous>)\)?/;
/** What colours a terminal's text. */
const COLOUR = /\u001b\[[0-9;]*m/;
const { getOwnPropertyDescriptor } = Reflect;

/**
 * @param {unknown} error
 * @param {(value: unknown) => string} inspect
 * @returns {{ message: string, expected: string | null, actual: string | null }}
 */
export function describeFailure(error, inspect) {
  const show = (/** @type {unknown} */ value) => {
    try {
      return wellFormed(without(FRAME, inspect(value)));
    } catch {
      return "<not shown>";
    }
  };
  if (!isError(error)) return { message: show(error), expected: null, actual: null };
  const name = text(dataProperty(error, "name")) ?? "Error";
  const message = plain(text(dataProperty(error, "message")) ?? "");
  if (!isAssertion(error, name)) return { message: wellFormed(headline(name, message)), expected: null, actual: null };
  const own = (/** @type {string} */ key) => {
    const found = getOwnPropertyDescriptor(error, key);
    return found !== undefined && dataProperty(error, "showDiff") !== false ? show(found.value) : null;
  };
  return { message: wellFormed(message), expected: own("expected"), actual: own("actual") };
}

/** @param {string} message */
const plain = (message) => without(COLOUR, message);

/**
 * The text without what matches. Not by `replace`: that asks the `exec` that an answer may have put there, without end.
 * @param {RegExp} pattern that never matches nothing
 * @param {string} text
 */
function without(pattern, text) {
  let kept = "";
  let rest = text;
  for (;;) {
    const found = pattern.exec(rest);
    if (found === null) return kept + rest;
    kept += rest.slice(0, found.index);
    rest = rest.slice(found.index + found[0].length);
  }
}

/** @param {Error} error @param {string} name */
const isAssertion = (error, name) => dataProperty(error, "code") === "ERR_ASSERTION" || name === "AssertionError" || getOwnPropertyDescriptor(error, "__vitest_error_context__") !== undefined;

/** @param {string} name @param {string} message */
const headline = (name, message) => (message === "" ? name : name === "" ? message : `${name}: ${message}`);

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : isObject(value) || value === undefined || typeof value === "symbol" ? null : `${value}`);
