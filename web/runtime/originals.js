// The language as it was before the program could change it, put back for as long as code of the runtime is loaded: a
// chunk takes hold of what it needs then (pristine.js, and packages by themselves).

import { bare } from "./define.js";

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { hasOwn } = Object;
const ObjectPrototype = Object.prototype;

const CLASSES = [Object, Function, Array, String, Number, Symbol, RegExp, Map, Set, WeakMap, WeakSet, Promise, Error, Date, getPrototypeOf(Uint8Array)];
const HOLDERS = /** @type {any[]} */ (CLASSES).flatMap((one) => [one, one.prototype]).concat(Reflect, Math, JSON, getPrototypeOf([][Symbol.iterator]()));

/** @returns {<T>(load: () => T) => T} */
export function keepOriginals() {
  /** @type {[object, PropertyKey, any][]} */
  const kept = [];
  for (const holder of HOLDERS) for (const key of ownKeys(holder)) kept.push([holder, key, getOwnPropertyDescriptor(holder, key)]);
  // Globals that are still to be made are accessors, and the program's as much as the runtime's.
  for (const key of ownKeys(globalThis)) {
    const now = getOwnPropertyDescriptor(globalThis, key);
    if (now?.configurable && hasOwn(now, "value")) kept.push([globalThis, key, now]);
  }
  const known = ownKeys(ObjectPrototype).length;
  return (load) => {
    /** @type {[object, PropertyKey, any][]} */
    const changed = [];
    // What every object inherits comes first: descriptors are objects too.
    const inherited = ownKeys(ObjectPrototype);
    for (let at = known; at < inherited.length; at++) {
      changed[changed.length] = [ObjectPrototype, inherited[at], getOwnPropertyDescriptor(ObjectPrototype, inherited[at])];
      deleteProperty(ObjectPrototype, inherited[at]);
    }
    for (let at = 0; at < kept.length; at++) {
      const one = kept[at];
      const now = getOwnPropertyDescriptor(one[0], one[1]);
      if (now?.value === one[2].value && now?.get === one[2].get) continue;
      changed[changed.length] = [one[0], one[1], now];
      defineProperty(one[0], one[1], bare(one[2]));
    }
    try {
      return load();
    } finally {
      for (let at = changed.length - 1; at >= 0; at--) {
        const one = changed[at];
        if (one[2]) defineProperty(one[0], one[1], bare(one[2]));
        else deleteProperty(one[0], one[1]);
      }
    }
  };
}
