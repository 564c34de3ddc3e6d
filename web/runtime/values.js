// Small, safe questions about values: what a property holds without running a getter, which class an
// object is of. Everything here is captured before the author's code runs and never calls into it.
// Not here: how a value is printed (print.js) or recorded (snapshot.js).

import { defineProperty } from "./define.js";

const { getPrototypeOf, getOwnPropertyDescriptor } = Reflect;
const functionText = Function.prototype.toString;
const { apply } = Reflect;

/** @param {unknown} value @returns {value is object} */
export const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";

/** @param {unknown} value @returns {value is Function} */
export const isFunction = (value) => typeof value === "function";

/**
 * The value of a data property, own or inherited; undefined for accessors and for what is not there.
 * @param {object} object
 * @param {PropertyKey} key
 * @returns {unknown}
 */
export function dataProperty(object, key) {
  for (let at = /** @type {object | null} */ (object); at !== null; at = getPrototypeOf(at)) {
    const found = getOwnPropertyDescriptor(at, key);
    if (found) return found.value;
  }
  return undefined;
}

/**
 * The name of an object's class as its prototype chain tells it; null for an object without prototype.
 * @param {object} object
 * @returns {string | null}
 */
export function className(object) {
  for (let at = getPrototypeOf(object); at !== null; at = getPrototypeOf(at)) {
    const constructor = getOwnPropertyDescriptor(at, "constructor")?.value;
    if (isFunction(constructor)) {
      const name = getOwnPropertyDescriptor(constructor, "name")?.value;
      if (typeof name === "string" && name !== "") return name;
    }
  }
  return null;
}

/** @param {Function} value */
export const isClass = (value) => apply(functionText, value, []).startsWith("class");

/**
 * Gives a function the name that programs see: the bundle is minified.
 * @template {Function} F
 * @param {string} name @param {F} of
 */
export const named = (name, of) => defineProperty(of, "name", { value: name, configurable: true });

/**
 * Defines what is not enumerable. A function that comes under its own name is called so.
 * @param {object} object @param {PropertyKey} key @param {unknown} value
 */
export function hide(object, key, value) {
  if (isFunction(value) && typeof key === "string" && key !== "constructor") named(key, value);
  defineProperty(object, key, { value, writable: true, configurable: true });
}

/**
 * Text that every host can take: a lone surrogate becomes U+FFFD.
 * @param {string} text
 */
export const wellFormed = (text) => (toWellFormed ? apply(toWellFormed, text, []) : text);
const { toWellFormed } = /** @type {any} */ (String.prototype);
