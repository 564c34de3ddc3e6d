// Chunk "assert": node:assert. Which assertions there are and when they fail.
// Not here: what is deeply equal (comparisons.js), the message of a failure (assertion-error.js).

/** @import { Kit } from "../kit.js" */

import { invalidArgument, nodeError } from "../errors.js";
import { createAssertionError } from "./assertion-error.js";
import { deepEqual } from "./comparisons.js";
import { createThrows } from "./assert-throws.js";

/** @param {Kit} kit */
export default function assertModule(kit) {
  const AssertionError = createAssertionError(kit.printer.inspector().inspect);

  /** @param {{ actual?: unknown, expected?: unknown, operator: string, message?: unknown, generated?: boolean }} details @returns {never} */
  function fail(details) {
    if (details.message instanceof Error) throw details.message;
    throw new AssertionError(/** @type {any} */ (details));
  }

  /** @param {string} name @param {(actual: any, expected: any) => boolean} holds @param {string} [operator] */
  function comparison(name, holds, operator = name) {
    const compare = {
      /** @param {unknown[]} args */
      [name](...args) {
        if (args.length < 2) throw nodeError(TypeError, "ERR_MISSING_ARGS", 'The "actual" and "expected" arguments must be specified');
        const [actual, expected, message] = args;
        if (!holds(actual, expected)) fail({ actual, expected, message, operator });
      },
    }[name];
    return compare;
  }

  /** @param {unknown[]} args */
  function ok(...args) {
    const [value, message] = args;
    if (value) return;
    if (args.length === 0) fail({ actual: undefined, expected: true, message: "No value argument passed to `assert.ok()`", generated: true, operator: "==" });
    fail({ actual: value, expected: true, message: message ?? null, operator: "==" });
  }

  /** @param {string} name @param {boolean} wanted */
  function matcher(name, wanted) {
    const match = {
      /** @param {unknown} string @param {unknown} regexp @param {unknown} [message] */
      [name](string, regexp, message) {
        if (!(regexp instanceof RegExp)) throw invalidArgument("regexp", "an instance of RegExp", regexp);
        if (typeof string === "string" && regexp.test(string) === wanted) return;
        fail({ actual: string, expected: regexp, message, operator: name });
      },
    }[name];
    return match;
  }

  const methods = {
    AssertionError,
    ok,
    equal: comparison("equal", (a, b) => a == b || (a !== a && b !== b), "=="),
    notEqual: comparison("notEqual", (a, b) => !(a == b || (a !== a && b !== b)), "!="),
    deepEqual: comparison("deepEqual", (a, b) => deepEqual(a, b, "loose")),
    notDeepEqual: comparison("notDeepEqual", (a, b) => !deepEqual(a, b, "loose")),
    deepStrictEqual: comparison("deepStrictEqual", (a, b) => deepEqual(a, b, "strict")),
    notDeepStrictEqual: comparison("notDeepStrictEqual", (a, b) => !deepEqual(a, b, "strict")),
    strictEqual: comparison("strictEqual", Object.is),
    notStrictEqual: comparison("notStrictEqual", (a, b) => !Object.is(a, b)),
    partialDeepStrictEqual: comparison("partialDeepStrictEqual", (a, b) => deepEqual(a, b, "partial")),
    match: matcher("match", true),
    doesNotMatch: matcher("doesNotMatch", false),
    ...createThrows(fail, AssertionError, kit.printer.inspector().inspect),
    /** @param {unknown[]} args a message, or as it was once: actual, expected, message, operator */
    fail(...args) {
      if (args.length < 2) {
        const [message] = args;
        fail({ message: message ?? "Failed", operator: "fail", generated: message === undefined });
      }
      const [actual, expected, message, operator = "!="] = args;
      fail({ actual, expected, operator: String(args.length === 2 ? "!=" : operator), message: message ?? `${kit.printer.inspect(actual)} ${operator} ${kit.printer.inspect(expected)}` });
    },
    /** @param {any} error */
    ifError(error) {
      if (error === null || error === undefined) return;
      const text = error instanceof Error ? error.message || error.name : kit.printer.inspect(error);
      fail({ actual: error, expected: null, operator: "ifError", message: `ifError got unwanted exception: ${text}` });
    },
  };

  const assert = Object.assign((/** @type {unknown[]} */ ...args) => ok(...args), methods);
  const strict = Object.assign((/** @type {unknown[]} */ ...args) => ok(...args), methods, {
    equal: methods.strictEqual,
    notEqual: methods.notStrictEqual,
    deepEqual: methods.deepStrictEqual,
    notDeepEqual: methods.notDeepStrictEqual,
  });
  for (const made of [assert, strict]) {
    Object.defineProperty(made, "name", { value: made === assert ? "assert" : "strict", configurable: true });
    Object.assign(made, { strict });
  }
  return assert;
}
