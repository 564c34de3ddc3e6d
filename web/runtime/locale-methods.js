// Chunk "localeMethods": for an engine without Intl, the methods that tell a value in the words of a place, and the global
// Intl; what the methods do is the chunk "locale" for en-US, and the chunk "intl" for all else.
// V8 also ends a date's text with its zone's name, which the binary's engine leaves out.

import { unsupported } from "./errors.js";
import { hide } from "./values.js";

const NativeDate = Date;
const { apply } = Reflect;

/** @import { Host } from "../protocol.d.ts" */
/** @import createIntl from "./intl/index.js" */

/** Class, method, its name in the chunks, and its length. @type {[{ prototype: object }, string, string, number][]} */
const METHODS = [
  [Number, "toLocaleString", "number", 0],
  [BigInt, "toLocaleString", "bigint", 0],
  [NativeDate, "toLocaleString", "dateTime", 0],
  [NativeDate, "toLocaleDateString", "date", 0],
  [NativeDate, "toLocaleTimeString", "time", 0],
  [String, "localeCompare", "compare", 1],
];

/** Texts whose order needs no collation. */
const PLAIN = /^[A-Za-z0-9]*$/;

/** @typedef {Record<string, (value: any, args: unknown[]) => unknown>} Work */

/**
 * @param {(name: string) => any} chunk gives a chunk
 * @param {Host} host
 * @param {string} [zone] the program's
 */
export default function installLocale(chunk, host, zone = "UTC") {
  /** @type {ReturnType<typeof createIntl> | null} */
  let made = null;
  const intl = () => {
    if (!host.intl) throw unsupported("Intl");
    return (made ??= chunk("intl")(host.intl(), chunk, zone));
  };
  /** Of a call with these arguments: locales, options. @param {unknown[]} args @returns {Work} */
  const work = ([locales, options]) => {
    const isDefault = options === undefined && (locales === undefined || locales === "en-US" || locales === "en");
    return isDefault ? chunk("locale") : intl().methods;
  };
  for (const [{ prototype }, name, key, length] of METHODS) {
    if (key !== "compare") define(prototype, name, length, (value, args) => work(args)[key](primitive(prototype, value), args));
    else {
      define(prototype, name, length, (value, args) => {
        const texts = [String(value), String(args[0])];
        const isPlain = !host.intl || texts.every((text) => PLAIN.test(text));
        return (isPlain ? work(args.slice(1)) : intl().methods)[key](texts[0], [texts[1], ...args.slice(1)]);
      });
    }
  }
  for (const [name, key] of /** @type {const} */ ([["toLocaleUpperCase", "upper"], ["toLocaleLowerCase", "lower"]])) {
    const original = String.prototype[name];
    define(String.prototype, name, 0, (value, args) => {
      const text = apply(original, value, []);
      return args[0] === undefined || text === "" ? text : intl().methods[key](String(value), args);
    });
  }
  for (const prototype of [Array.prototype, Object.getPrototypeOf(Uint8Array.prototype)]) passOn(prototype);
  for (const name of /** @type {const} */ (["toString", "toTimeString"])) nameZone(name, NativeDate.prototype[name]);
  if (host.intl) installGlobal(() => intl().Intl);
}

/** The value that a method is called on; an object of another class is refused in V8's words. @param {object} prototype @param {any} value */
function primitive(prototype, value) {
  if (prototype === Number.prototype) return apply(Number.prototype.valueOf, value, []);
  if (prototype === BigInt.prototype) return apply(BigInt.prototype.valueOf, value, []);
  return value;
}

/** What a list is called with goes on to its items, which the engine leaves out. @param {any} prototype */
function passOn(prototype) {
  const original = prototype.toLocaleString;
  define(prototype, "toLocaleString", 0, (list, args) => {
    if (args.length === 0) return apply(original, list, []);
    return Array.from(list, (/** @type {any} */ item) => (item === undefined || item === null ? "" : String(item.toLocaleString(...args)))).join(",");
  });
}

/** An accessor until the first use, a plain property from then on. @param {() => object} make */
function installGlobal(make) {
  let isLoading = false;
  const become = (/** @type {unknown} */ value) => {
    Object.defineProperty(globalThis, "Intl", { value, writable: true, configurable: true });
    return value;
  };
  Object.defineProperty(globalThis, "Intl", {
    get() {
      if (isLoading) return undefined;
      isLoading = true;
      try {
        return become(make());
      } finally {
        isLoading = false;
      }
    },
    set: (value) => void become(value),
    configurable: true,
  });
}

/** @param {string} name @param {() => string} original */
function nameZone(name, original) {
  if (!apply(original, new NativeDate(0), []).endsWith("GMT+0000")) return;
  define(NativeDate.prototype, name, 0, (date) => {
    const text = apply(original, date, []);
    return text.endsWith("GMT+0000") ? `${text} (Coordinated Universal Time)` : text;
  });
}

/** A method, so it is no constructor. @param {object} prototype @param {string} name @param {number} length @param {(self: any, args: unknown[]) => unknown} work */
function define(prototype, name, length, work) {
  const { [name]: value } = {
    /** @this {unknown} @param {unknown[]} args */
    [name](...args) {
      return work(this, args);
    },
  };
  if (length > 0) Object.defineProperty(value, "length", { value: length, configurable: true });
  hide(prototype, name, value);
}
