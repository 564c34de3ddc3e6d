// While an assertion decides, the parts of the language that its code can't help using (iteration, `toString`, the error
// classes) are what they were before the program ran, whatever an answer has made of them.

import { add } from "./lists.js";

const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const ObjectPrototype = Object.prototype;

const iteratorOf = (/** @type {any} */ value) => getPrototypeOf(value[Symbol.iterator]());

/** @type {[any, PropertyKey[]][]} */
const GUARDED = [
  [Array.prototype, [Symbol.iterator]],
  [iteratorOf([]), ["next"]],
  [Map.prototype, [Symbol.iterator, "size"]],
  [iteratorOf(new Map()), ["next"]],
  [Set.prototype, [Symbol.iterator, "size"]],
  [iteratorOf(new Set()), ["next"]],
  [String.prototype, [Symbol.iterator]],
  [iteratorOf(""), ["next"]],
  [RegExp.prototype, ["exec", "flags", "source", Symbol.replace, Symbol.split, Symbol.match]],
  [ObjectPrototype, ["toString", "hasOwnProperty", "valueOf", "propertyIsEnumerable", "constructor"]],
  [Function.prototype, ["toString"]],
  [JSON, ["stringify"]],
  [Date.prototype, ["getTime", "valueOf", "toISOString"]],
  [Promise, ["resolve", "reject"]],
  [Promise.prototype, ["catch", "finally"]],
  [Error.prototype, ["name", "message", "toString"]],
  [globalThis, ["Object", "Array", "Error", "TypeError", "RangeError", "Map", "Set", "WeakMap", "Promise", "Proxy", "Reflect", "Symbol", "String", "Number", "RegExp", "Date", "JSON", "Math", "isNaN"]],
];

/** Takes hold of the language as it is. @returns {<F extends Function>(assertion: F) => F} */
export function createGuard() {
  /** @type {{ holder: any, key: PropertyKey, was: any }[]} */
  const kept = [];
  for (const [holder, keys] of GUARDED) {
    for (const key of keys) {
      const was = getOwnPropertyDescriptor(holder, key);
      if (was) add(kept, { holder, key, was: { __proto__: null, ...was } });
    }
  }
  const known = ownKeys(ObjectPrototype).length;
  let depth = 0;

  /** @returns {any[]} what was changed, and is put back as it was */
  function enter() {
    /** @type {any[]} */
    const changed = [];
    // What every object inherits comes first: descriptors are objects too.
    const inherited = ownKeys(ObjectPrototype);
    for (let at = known; at < inherited.length; at++) {
      const now = getOwnPropertyDescriptor(ObjectPrototype, inherited[at]);
      if (deleteProperty(ObjectPrototype, inherited[at])) add(changed, { holder: ObjectPrototype, key: inherited[at], now });
    }
    for (let at = 0; at < kept.length; at++) {
      const { holder, key, was } = kept[at];
      const now = getOwnPropertyDescriptor(holder, key);
      if (now !== undefined && now.value === was.value && now.get === was.get) continue;
      if (defineProperty(holder, key, was)) add(changed, { holder, key, now });
    }
    return changed;
  }

  /** @param {any[]} changed */
  function leave(changed) {
    for (let at = changed.length - 1; at >= 0; at--) {
      const { holder, key, now } = changed[at];
      if (now) defineProperty(holder, key, now);
      else deleteProperty(holder, key);
    }
  }

  return (assertion) => {
    /** @this {unknown} */
    const guarded = function () {
      if (depth > 0) return apply(assertion, this, arguments);
      depth++;
      const changed = enter();
      try {
        return apply(assertion, this, arguments);
      } finally {
        leave(changed);
        depth--;
      }
    };
    // chai's own functions complain when they are asked for their length.
    for (const key of ["name", "length"]) {
      const value = getOwnPropertyDescriptor(assertion, key)?.value;
      if (value !== undefined) defineProperty(guarded, key, { value, configurable: true });
    }
    return /** @type {any} */ (guarded);
  };
}
