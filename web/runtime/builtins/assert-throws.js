// node:assert's throws, doesNotThrow, rejects and doesNotReject: what counts as the expected error.

import { invalidArgument, isError, nodeError } from "../errors.js";
import { deepEqual } from "./comparisons.js";

const NOTHING = Symbol("nothing was thrown");

/**
 * @param {(details: any) => never} fail
 * @param {any} AssertionError
 * @param {(value: unknown) => string} inspect
 */
export function createThrows(fail, AssertionError, inspect) {
  /** @param {string} operator @param {unknown} error @param {unknown[]} rest expected, message */
  function expectError(operator, error, rest) {
    let [expected, message] = rest;
    if (typeof expected === "string") {
      if (rest.length > 1) throw invalidArgument("error", "of type function or an instance of Error, RegExp, or Object", expected);
      const own = isError(error) ? error.message : error;
      if (error !== NOTHING && own === expected) {
        throw nodeError(TypeError, "ERR_AMBIGUOUS_ARGUMENT", `The "error/message" argument is ambiguous. ${isError(error) ? `The error message "${own}"` : `The error "${own}"`} is identical to the message.`);
      }
      message = expected;
      expected = undefined;
    }
    if (error === NOTHING) {
      const name = typeof expected === "function" && expected.name ? ` (${expected.name})` : "";
      const kind = operator === "rejects" ? "rejection" : "exception";
      fail({ actual: undefined, expected, operator, message: `Missing expected ${kind}${name}${message ? `: ${message}` : "."}` });
    }
    if (expected !== undefined) checkExpected(operator, error, expected, message);
  }

  /** @param {string} operator @param {any} error @param {any} expected @param {unknown} message */
  function checkExpected(operator, error, expected, message) {
    /** @param {string} text */
    const wrong = (text) => fail({ actual: error, expected, operator, message: message ?? text, generated: message === undefined });
    if (expected instanceof RegExp) {
      if (!expected.test(String(error))) wrong(`The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(error))}\n`);
    } else if (typeof expected === "object" && expected !== null) {
      checkProperties(operator, error, expected, message);
    } else if (typeof expected !== "function") {
      throw invalidArgument("expected", "of type function or an instance of Error, RegExp, or Object", expected);
    } else if (expected.prototype !== undefined && error instanceof expected) {
      return;
    } else if (expected === Error || Error.isPrototypeOf(expected)) {
      const actual = isError(error) ? error.name : inspect(error);
      const own = isError(error) && error.message ? `\n\nError message:\n\n${error.message}` : "";
      wrong(`The error is expected to be an instance of "${expected.name}". Received "${actual}"${own}`);
    } else {
      const returned = Reflect.apply(expected, {}, [error]);
      if (returned === true) return;
      const name = expected.name ? `"${expected.name}" ` : "";
      const caught = isError(error) ? `${error}` : inspect(error);
      wrong(`The ${name}validation function is expected to return "true". Received ${inspect(returned)}\n\nCaught error:\n\n${caught}`);
    }
  }

  /** @param {string} operator @param {any} error @param {any} expected @param {unknown} message */
  function checkProperties(operator, error, expected, message) {
    const keys = Object.keys(expected);
    if (isError(expected)) keys.push("name", "message");
    if (keys.length === 0) throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", "The argument 'error' may not be an empty object. Received {}");
    const holds = (/** @type {string} */ key) =>
      (typeof error?.[key] === "string" && expected[key] instanceof RegExp && expected[key].test(error[key])) ||
      (Object(error) === error && key in error && deepEqual(error[key], expected[key], "strict"));
    if (keys.every(holds)) return;
    const shown = new Comparison(error, keys);
    const wanted = new Comparison(expected, keys, error);
    const made = message ?? new AssertionError({ actual: shown, expected: wanted, operator: "deepStrictEqual" }).message;
    fail({ actual: error, expected, operator, message: made, generated: message === undefined });
  }

  /** @param {string} operator @param {any} error @param {unknown[]} rest */
  function expectNone(operator, error, rest) {
    if (error === NOTHING) return;
    const message = rest.find((one) => typeof one === "string");
    const details = message ? `: ${message}` : ".";
    const kind = operator === "doesNotReject" ? "rejection" : "exception";
    const text = `Got unwanted ${kind}${details}\nActual message: "${error?.message}"`;
    fail({ actual: error, expected: rest[0], operator, message: text });
  }

  return {
    /** @param {unknown} callback @param {unknown[]} rest */
    throws(callback, ...rest) {
      expectError("throws", thrownBy(callback), rest);
    },
    /** @param {unknown} callback @param {unknown[]} rest */
    doesNotThrow(callback, ...rest) {
      expectNone("doesNotThrow", thrownBy(callback), rest);
    },
    /** @param {unknown} promise @param {unknown[]} rest */
    async rejects(promise, ...rest) {
      expectError("rejects", await rejectionOf(promise), rest);
    },
    /** @param {unknown} promise @param {unknown[]} rest */
    async doesNotReject(promise, ...rest) {
      expectNone("doesNotReject", await rejectionOf(promise), rest);
    },
  };
}

/** The compared properties alone, so that only they are in the message. */
class Comparison {
  /** @param {any} object @param {string[]} keys @param {any} [actual] */
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in Object(object))) continue;
      const matched = typeof actual?.[key] === "string" && object[key] instanceof RegExp && object[key].test(actual[key]);
      /** @type {any} */ (this)[key] = matched ? actual[key] : object[key];
    }
  }
}

/** @param {unknown} callback */
function thrownBy(callback) {
  if (typeof callback !== "function") throw invalidArgument("fn", "of type function", callback);
  try {
    callback();
  } catch (error) {
    return error;
  }
  return NOTHING;
}

/** @param {any} given a promise or a function that returns one */
async function rejectionOf(given) {
  const promise = typeof given === "function" ? given() : given;
  if (typeof promise?.then !== "function") {
    throw typeof given === "function"
      ? nodeError(TypeError, "ERR_INVALID_RETURN_VALUE", 'Expected instance of Promise to be returned from the "promiseFn" function.')
      : invalidArgument("promiseFn", "of type function or an instance of Promise", given);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return NOTHING;
}
