// Chunk "util": node:util. The formatter is the runtime's own; the comparison is node:assert's.

/** @import { Kit } from "../kit.js" */

import { invalidArgument, nodeError } from "../errors.js";
import { deepEqual } from "./comparisons.js";
import { getSystemErrorMap, getSystemErrorMessage, getSystemErrorName } from "./system-errors.js";
import { createTypes } from "./util-types.js";

const customPromisify = Symbol.for("nodejs.util.promisify.custom");

/** @param {Kit} kit */
export default function util(kit) {
  const { inspect, format, formatWithOptions, stripVTControlCharacters } = kit.printer.inspector();
  const colors = /** @type {any} */ (inspect).colors;

  /** @param {string | string[]} style @param {string} text @param {{ validateStream?: boolean }} [options] */
  function styleText(style, text, options = {}) {
    if (typeof text !== "string") throw invalidArgument("text", "of type string", text);
    const styles = [style].flat();
    for (const name of styles) {
      if (colors[name] || name === "none") continue;
      const known = Object.keys(colors).map((color) => `'${color}'`).join(", ");
      throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The argument 'format' must be one of: ${known}. Received ${inspect(name)}`);
    }
    // Node colours nothing that goes to a stream without colours, as the program's are.
    if (options.validateStream !== false) return text;
    return styles.reduceRight((inner, name) => (name === "none" ? inner : `\u001b[${colors[name][0]}m${inner}\u001b[${colors[name][1]}m`), text);
  }

  const debuglog = () => Object.assign(() => {}, { enabled: false });
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
    debuglog,
    debug: debuglog,
    styleText,
    get parseArgs() {
      return kit.builtin("internal/parseArgs");
    },
    get MIMEType() {
      return kit.builtin("internal/mime").MIMEType;
    },
    get MIMEParams() {
      return kit.builtin("internal/mime").MIMEParams;
    },
    get TextEncoder() {
      return kit.builtin("internal/encoding").TextEncoder;
    },
    get TextDecoder() {
      return kit.builtin("internal/encoding").TextDecoder;
    },
    /** @param {any} target @param {any} source */
    _extend: (target, source) => Object.assign(target, source),
    /** @param {AbortSignal} signal */
    async aborted(signal) {
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    },
    parseEnv,
    getSystemErrorName,
    getSystemErrorMap,
    getSystemErrorMessage,
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
      (/** @type {unknown} */ reason) => nextTick(() => callback(reason || falsyRejection(reason))),
    );
  };
}

/** @param {unknown} reason */
const falsyRejection = (reason) =>
  Object.assign(nodeError(Error, "ERR_FALSY_VALUE_REJECTION", "Promise was rejected with falsy value"), { reason });

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

/** The lines NAME=value of a .env file. @param {string} text */
function parseEnv(text) {
  /** @type {Record<string, string>} */
  const found = {};
  const line = /^\s*(?:export\s+)?([\w.-]+)\s*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^#\n]*)).*$/gm;
  for (const [, name, double, single, back, bare] of text.replaceAll("\r\n", "\n").matchAll(line)) {
    found[name] = double?.replaceAll("\\n", "\n") ?? single ?? back ?? bare.trim();
  }
  return found;
}
