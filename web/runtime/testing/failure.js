// What a result tells of an error. Nothing of the program's is called for it.

import { isError } from "../errors.js";
import { dataProperty, isObject, wellFormed } from "../values.js";

/** The frames of a stack, which each engine has in another way. An inspected string has no such lines. */
const FRAMES = /\n\s+at [^\n]*?(?::\d+:\d+|<anonymous>)\)?/g;
/** What colours a terminal's text. */
const COLOURS = /\u001b\[[0-9;]*m/g;
const { getOwnPropertyDescriptor } = Reflect;

/**
 * @param {unknown} error
 * @param {(value: unknown) => string} inspect
 * @returns {{ message: string, expected: string | null, actual: string | null }}
 */
export function describeFailure(error, inspect) {
  const show = (/** @type {unknown} */ value) => {
    try {
      return wellFormed(inspect(value).replace(FRAMES, ""));
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
const plain = (message) => (message.includes("\u001b") ? message.replace(COLOURS, "") : message);

/** @param {Error} error @param {string} name */
const isAssertion = (error, name) => dataProperty(error, "code") === "ERR_ASSERTION" || name === "AssertionError" || getOwnPropertyDescriptor(error, "__vitest_error_context__") !== undefined;

/** @param {string} name @param {string} message */
const headline = (name, message) => (message === "" ? name : name === "" ? message : `${name}: ${message}`);

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : isObject(value) || value === undefined || typeof value === "symbol" ? null : `${value}`);
