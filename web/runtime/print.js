// Values as text, in Node's words. Primitives are done here, since most programs print nothing else;
// the formatter ("inspect" chunk, Node's own code) is loaded only when something needs it.

/** @import { Host } from "../protocol.d.ts" */
/** @import inspect from "./builtins/inspect.js" */

import { invalidArgument } from "./errors.js";
import { previewEntries } from "./iterators.js";

/**
 * @typedef {object} Inspector what the chunk "inspect" gives
 * @property {(value: unknown, options?: object) => string} inspect
 * @property {(value: unknown) => string} inspectQuietly without calling what the program may have replaced
 * @property {(...args: unknown[]) => string} format
 * @property {(options: object, ...args: unknown[]) => string} formatWithOptions
 * @property {(text: string) => string} stripVTControlCharacters
 */

const { getPrototypeOf, ownKeys } = Reflect;
const ObjectPrototype = Object.prototype;

/** A string that util.inspect writes in single quotes and otherwise as it is. */
const PLAIN_STRING = /^[^\0-\x1f'\\\x7f-\x9f\ud800-\udfff]{0,10000}$/;

/**
 * @typedef {ReturnType<typeof createPrinter>} Printer
 * @param {Host} host
 */
export function createPrinter(host) {
  /** @type {Inspector | undefined} */
  let loaded;
  const inspector = () => (loaded ??= /** @type {typeof inspect} */ (host.chunk("inspect"))(host, previewEntries, invalidArgument));

  return {
    inspector,

    /**
     * `util.inspect(value)`, for what is recorded: no call of it shows in the program.
     * @param {unknown} value
     * @returns {string}
     */
    inspect(value) {
      if (typeof value === "string" && PLAIN_STRING.test(value)) return `'${value}'`;
      if (isEmptyObject(value, host)) return "{}"; // most often the exports of a program that exports nothing
      return (typeof value === "string" ? undefined : primitiveText(value)) ?? inspector().inspectQuietly(value);
    },

    /**
     * `util.format(...args)`.
     * @param {unknown[]} args
     * @returns {string}
     */
    format(args) {
      const [first] = args;
      if (args.length === 1 && typeof first === "string") return first;
      if (args.length > 1 && typeof first === "string" && first.includes("%")) return inspector().format(...args);
      let text = "";
      for (let i = 0; i < args.length; i++) {
        const arg = args[i];
        const part = typeof arg === "string" ? arg : primitiveText(arg);
        if (part === undefined) return inspector().format(...args);
        text += i === 0 ? part : ` ${part}`;
      }
      return text;
    },
  };
}

/** @param {unknown} value @param {Host} host */
function isEmptyObject(value, host) {
  if (typeof value !== "object" || value === null || host.proxyDetails(value) !== undefined) return false;
  return getPrototypeOf(value) === ObjectPrototype && ownKeys(value).length === 0;
}

/**
 * A primitive that is no string, as util.inspect writes it; undefined for everything else.
 * @param {unknown} value
 */
function primitiveText(value) {
  switch (typeof value) {
    case "number":
      return Object.is(value, -0) ? "-0" : `${value}`;
    case "bigint":
      return `${value}n`;
    case "boolean":
    case "undefined":
      return `${value}`;
    default:
      return value === null ? "null" : undefined;
  }
}
