// Chunk "util": node:util. The formatter is the runtime's own; the comparison is node:assert's.

/** @import { Kit } from "../kit.js" */

import { invalidArgument } from "../errors.js";
import { deepEqual } from "./comparisons.js";
import { createTypes } from "./util-types.js";

const customPromisify = Symbol.for("nodejs.util.promisify.custom");

/** @param {Kit} kit */
export default function util(kit) {
  const { inspect, format, formatWithOptions, stripVTControlCharacters } = kit.printer.inspector();
  return {
    inspect,
    format,
    formatWithOptions,
    stripVTControlCharacters,
    promisify,
    callbackify: (/** @type {(...args: unknown[]) => Promise<unknown>} */ original) => callbackify(original, kit.loop.nextTick),
    inherits,
    deprecate: createDeprecate(kit.process.emitWarning),
    isDeepStrictEqual: (/** @type {unknown} */ a, /** @type {unknown} */ b) => deepEqual(a, b, "strict"),
    isArray: Array.isArray,
    types: createTypes(kit.host),
    toUSVString: (/** @type {unknown} */ text) => /** @type {any} */ (`${text}`).toWellFormed(),
    debuglog: () => Object.assign(() => {}, { enabled: false }),
  };
}

/** @param {any} original */
function promisify(original) {
  if (typeof original !== "function") throw invalidArgument("original", "of type function", original);
  if (original[customPromisify]) return original[customPromisify];
  /** @this {unknown} @param {unknown[]} args */
  function promisified(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [
        ...args,
        (/** @type {unknown} */ error, /** @type {unknown} */ value) => (error ? reject(error) : resolve(value)),
      ]);
    });
  }
  Object.setPrototypeOf(promisified, Object.getPrototypeOf(original));
  Object.defineProperty(promisified, customPromisify, { value: promisified, configurable: true });
  return Object.defineProperties(promisified, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = customPromisify;

/** @param {(...args: unknown[]) => Promise<unknown>} original @param {(callback: () => void) => void} nextTick */
function callbackify(original, nextTick) {
  /** @this {unknown} @param {any[]} args */
  return function callbackified(...args) {
    const callback = args.pop();
    if (typeof callback !== "function") throw invalidArgument("last argument", "of type function", callback);
    Reflect.apply(original, this, args).then(
      (/** @type {unknown} */ value) => nextTick(() => callback(null, value)),
      (/** @type {unknown} */ error) => nextTick(() => callback(error)),
    );
  };
}

/** @param {any} constructor @param {any} parent */
function inherits(constructor, parent) {
  Object.defineProperty(constructor, "super_", { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

/** @param {(warning: unknown) => void} warn */
function createDeprecate(warn) {
  /** @type {Set<string>} */
  const warned = new Set();
  return (/** @type {Function} */ original, /** @type {string} */ message, code = "") => {
    let called = false;
    /** @this {unknown} @param {unknown[]} args */
    function deprecated(...args) {
      if (!called && !(code !== "" && warned.has(code))) {
        warned.add(code);
        warn(Object.assign(new Error(message), { name: "DeprecationWarning", toString: () => `${code && `[${code}] `}DeprecationWarning: ${message}` }));
      }
      called = true;
      return new.target ? Reflect.construct(original, args, new.target) : Reflect.apply(original, this, args);
    }
    Object.setPrototypeOf(deprecated, original);
    if (original.prototype) deprecated.prototype = original.prototype;
    return deprecated;
  };
}
