// Chunk "localeMethods": the methods that tell a value in the words of a place, for an engine without Intl; what they do is the chunk "locale".
// V8 also ends a date's text with its zone's name, which the binary's engine leaves out.

import { hide } from "./values.js";

const NativeDate = Date;
const { apply } = Reflect;

/** Class, method, its name in the chunk, and its length. @type {[{ prototype: object }, string, string, number][]} */
const METHODS = [
  [Number, "toLocaleString", "number", 0],
  [BigInt, "toLocaleString", "bigint", 0],
  [NativeDate, "toLocaleString", "dateTime", 0],
  [NativeDate, "toLocaleDateString", "date", 0],
  [NativeDate, "toLocaleTimeString", "time", 0],
  [String, "localeCompare", "compare", 1],
];

/** @param {() => Record<string, (value: any, args: unknown[]) => unknown>} load gives the chunk */
export default function installLocale(load) {
  for (const [{ prototype }, name, work, length] of METHODS) {
    define(prototype, name, length, (value, args) => load()[work](value, args));
  }
  for (const name of /** @type {const} */ (["toString", "toTimeString"])) nameZone(name, NativeDate.prototype[name]);
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
