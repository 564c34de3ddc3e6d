// What iterators of Maps and Sets still have to give, for util.inspect: no engine that is embedded tells it. The methods
// that make them note the collection, `next` counts. Entries deleted while it runs make the preview begin too late.

import { hide } from "./values.js";

const { apply, getPrototypeOf } = Reflect;

/** @typedef {{ rest: (taken: number) => unknown[], keyed: boolean, taken: number }} Made */

/** @type {WeakMap<object, Made>} */
const made = new WeakMap();

/**
 * Keys and values in turn when the second is true, as Node's own previewEntries gives them.
 * @param {object} iterator
 * @returns {[unknown[], boolean]}
 */
export function previewEntries(iterator) {
  const state = made.get(iterator);
  return state ? [state.rest(state.taken), state.keyed] : [[], false];
}

export function followIterators() {
  const mapEach = Map.prototype.forEach;
  const setEach = Set.prototype.forEach;
  /** @param {Function} each @param {(key: unknown, value: unknown) => unknown[]} pick */
  const rest = (each, pick) => (/** @type {object} */ collection) => (/** @type {number} */ taken) => {
    /** @type {unknown[]} */
    const items = [];
    apply(each, collection, [(/** @type {unknown} */ value, /** @type {unknown} */ key) => taken-- <= 0 && items.push(...pick(key, value))]);
    return items;
  };
  follow(Map.prototype, "keys", false, rest(mapEach, (key) => [key]));
  follow(Map.prototype, "values", false, rest(mapEach, (_, value) => [value]));
  follow(Map.prototype, "entries", true, rest(mapEach, (key, value) => [key, value]));
  follow(Set.prototype, "values", false, rest(setEach, (key) => [key]));
  follow(Set.prototype, "entries", true, rest(setEach, (key) => [key, key]));
  hide(Map.prototype, Symbol.iterator, Map.prototype.entries);
  hide(Set.prototype, Symbol.iterator, Set.prototype.values);
  Object.defineProperty(Set.prototype, "keys", { value: Set.prototype.values, writable: true, configurable: true });
}

/**
 * @param {any} prototype @param {string} name @param {boolean} keyed
 * @param {(collection: object) => Made["rest"]} restOf
 */
function follow(prototype, name, keyed, restOf) {
  const native = prototype[name];
  const method = {
    /** @this {object} */
    [name]() {
      const iterator = apply(native, this, []);
      made.set(iterator, { rest: restOf(this), keyed, taken: 0 });
      return iterator;
    },
  }[name];
  hide(prototype, name, method);
  const iterators = /** @type {object} */ (getPrototypeOf(apply(native, new prototype.constructor(), [])));
  if (!counting.has(iterators)) count(iterators);
}

/** Prototypes whose `next` counts. @type {Set<object>} */
const counting = new Set();

/** @param {any} iterators the prototype of iterators of one class */
function count(iterators) {
  counting.add(iterators);
  const native = iterators.next;
  const { next } = {
    /** @this {object} */
    next() {
      const state = made.get(this);
      if (state) state.taken++;
      return apply(native, this, []);
    },
  };
  hide(iterators, "next", next);
}
