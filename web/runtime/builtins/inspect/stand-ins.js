// Modules of Node's that util.inspect asks for, as small as it needs them. Which stands for which: build/inspect-patches.mjs.

import { invalidArgument } from "./engine-details.js";

const { isArray } = Array;

/** @param {unknown} condition */
export function assert(condition) {
  if (!condition) assert.fail("a condition of util.inspect does not hold");
}
/** @param {string} message */
assert.fail = (message) => {
  throw new Error(message);
};

export const errors = {
  /** @param {any} error */
  isStackOverflowError: (error) => error?.name === "RangeError" && error.message === "Maximum call stack size exceeded",
};

/** No stack shows frames of Node's own modules. */
export const realm = { BuiltinModule: { exists: () => false } };

/** Bit of validateObject's options. */
const ALLOW_ARRAY = 2;

export const validators = {
  kValidateObjectAllowArray: ALLOW_ARRAY,
  /** @param {unknown} value @param {string} name */
  validateObject(value, name, options = 0) {
    if (typeof value !== "object" || value === null || (isArray(value) && !(options & ALLOW_ARRAY))) throw invalidArgument(name, "of type object", value);
  },
  /** @param {unknown} value @param {string} name */
  validateString(value, name) {
    if (typeof value !== "string") throw invalidArgument(name, "of type string", value);
  },
};

/** A URL of the runtime prints itself; the working directory is the root. */
export const urls = { pathToFileURL: (/** @type {string} */ path) => ({ href: `file://${path}` }), URL: class {} };

/** Proxies are the engine's to tell. */
export const proxies = { getProxyDetails() {}, Proxy };
