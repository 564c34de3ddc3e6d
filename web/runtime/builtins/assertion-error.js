// AssertionError and its message in Node 24's words: what was expected, and a line-by-line difference.

import { defineProperty } from "../define.js";
import { isError } from "../errors.js";
import { difference } from "./difference.js";

/** @type {Record<string, string>} */
const HEADERS = {
  deepStrictEqual: "Expected values to be strictly deep-equal:",
  partialDeepStrictEqual: "Expected values to be partially and strictly deep-equal:",
  strictEqual: "Expected values to be strictly equal:",
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: "Expected values to be loosely deep-equal:",
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: "Values have same structure but are not reference-equal:",
};

/** Both values on one line are no longer than this. */
const MAX_SHORT = 12;
const MAX_LINES = 50;
const MAX_POINTED = 80;

/**
 * @typedef {object} Details
 * @property {unknown} actual
 * @property {unknown} expected
 * @property {string} operator
 * @property {string | null} [message] null: made for `ok`
 * @property {boolean} [generated] the message given is Galley's own
 */

/** @param {(value: unknown, options?: object) => string} inspect */
export function createAssertionError(inspect) {
  /** A value over several lines, sorted, so that lines can be compared. @param {unknown} value */
  const show = (value) =>
    inspect(value, { compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false, showProxy: false, sorted: true, getters: true });

  /** @param {Details} details */
  function messageOf({ actual, expected, operator }) {
    if (operator === "deepStrictEqual" || operator === "strictEqual" || operator === "partialDeepStrictEqual") return differenceMessage(actual, expected, operator);
    if (operator === "notDeepStrictEqual" || operator === "notStrictEqual") return sameMessage(actual, operator);
    if (operator === "match" || operator === "doesNotMatch") return matchMessage(actual, expected, operator);
    if (operator === "==" && expected === true) return "The expression evaluated to a falsy value:\n\n  assert(...)\n";
    return looseMessage(actual, expected, operator);
  }

  /** @param {unknown} actual @param {unknown} expected @param {string} operator @param {string | null} [ownHeader] */
  function differenceMessage(actual, expected, operator, ownHeader) {
    if (isError(actual) && isError(expected)) [actual, expected] = [withoutStack(actual), withoutStack(expected)];
    const actualText = show(actual);
    const expectedText = show(expected);
    const objects = isObject(actual) && isObject(expected);
    if (objects && actualText === expectedText) return `${ownHeader ?? HEADERS.notIdentical}\n\n${actualText}\n`;
    const byReference = operator === "strictEqual" && isReference(actual) && isReference(expected);
    const header = ownHeader ?? HEADERS[byReference ? "strictEqualObject" : operator];
    if (!isObject(actual) && !actualText.includes("\n") && !expectedText.includes("\n")) {
      if (isShort(actual, actualText, expected, expectedText)) return `${header}\n\n${actualText} !== ${expectedText}\n`;
      return `${header}\n+ actual - expected\n\n+ ${actualText}\n- ${expectedText}\n${indicator(actualText, expectedText)}`;
    }
    const { text, skipped } = difference(actualText.split("\n"), expectedText.split("\n"));
    return `${header}\n+ actual - expected${skipped ? "\n... Skipped lines" : ""}\n\n${text}\n`;
  }

  /** Node puts the difference under the author's message too. @param {Details} details @param {string} message */
  function withDifference({ actual, expected, operator }, message) {
    const differs = operator === "deepStrictEqual" || operator === "strictEqual";
    return differs ? differenceMessage(actual, expected, operator, message) : message;
  }

  /** @param {unknown} actual @param {string} operator */
  function sameMessage(actual, operator) {
    const lines = show(actual).split("\n");
    const header = HEADERS[operator === "notStrictEqual" && isReference(actual) ? "notStrictEqualObject" : operator];
    if (lines.length === 1) return `${header}${lines[0].length > 5 ? "\n\n" : " "}${lines[0]}`;
    return `${header}\n\n${cut(lines).join("\n")}\n`;
  }

  /** @param {unknown} actual @param {unknown} expected @param {string} operator */
  function matchMessage(actual, expected, operator) {
    if (typeof actual !== "string") return `The "string" argument must be of type string. Received type ${typeof actual} (${inspect(actual)})`;
    const was = operator === "match" ? "did not match" : "was expected to not match";
    return `The input ${was} the regular expression ${inspect(expected)}. Input:\n\n${inspect(actual)}\n`;
  }

  /** @param {unknown} actual @param {unknown} expected @param {string} operator */
  function looseMessage(actual, expected, operator) {
    const shownActual = show(actual);
    if (operator === "notDeepEqual") return `${HEADERS.notDeepEqual}\n\n${cut(shownActual.split("\n")).join("\n")}`;
    const shownExpected = show(expected);
    if (operator === "deepEqual") return `${HEADERS.deepEqual}\n\n${clip(shownActual)}\n\nshould loosely deep-equal\n\n${clip(shownExpected)}`;
    return `${clip(shownActual)} ${operator} ${clip(shownExpected)}`;
  }

  class AssertionError extends Error {
    /** @param {Details} options */
    constructor(options) {
      const { message, actual, expected, operator, generated } = options;
      super(message == null ? messageOf(options) : withDifference(options, String(message)));
      const own = (/** @type {string} */ key, /** @type {unknown} */ value) =>
        defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true });
      own("generatedMessage", message == null || generated === true);
      defineProperty(this, "name", { value: "AssertionError", writable: true, configurable: true });
      own("code", "ERR_ASSERTION");
      own("actual", actual);
      own("expected", expected);
      own("operator", operator);
      const stack = String(this.stack).replace(/^(Assertion)?Error(?=:|$)/m, "AssertionError [ERR_ASSERTION]");
      defineProperty(this, "stack", { value: stack, writable: true, configurable: true });
    }
    toString() {
      return `${this.name} [ERR_ASSERTION]: ${this.message}`;
    }
  }
  return AssertionError;
}

/** @param {unknown} value */
const isReference = (value) => (typeof value === "object" && value !== null) || typeof value === "function";

/** @param {unknown} value */
const isObject = (value) => typeof value === "object" && value !== null;

/** An error with its message and properties alone: two stacks would always differ. @param {Error} error */
function withoutStack(error) {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(error)), error);
  return defineProperty(copy, "message", { value: error.message });
}

/** Both fit on one line as `1 !== 2`. @param {unknown} actual @param {string} a @param {unknown} expected @param {string} b */
function isShort(actual, a, expected, b) {
  const quotes = (typeof actual === "string" ? 2 : 0) + (typeof expected === "string" ? 2 : 0);
  return a.length + b.length - quotes <= MAX_SHORT && (actual !== 0 || expected !== 0);
}

/** Points at the first character that differs, where that is not plain to see. @param {string} a @param {string} b */
function indicator(a, b) {
  if (a.length + b.length > MAX_POINTED) return "";
  let at = 0;
  while (a[at] === b[at] && at < a.length) at++;
  return at > 2 && at < a.length ? `${" ".repeat(at + 2)}^\n` : "";
}

/** @param {string[]} lines */
const cut = (lines) => (lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES - 4), "..."] : lines);

/** @param {string} text */
const clip = (text) => (text.length > 512 ? `${text.slice(0, 509)}...` : text);
