// Contexts of node:vm: an object and a realm whose global variables are the object's properties. Node asks the object at
// each access; here the realm's global object has an accessor for each property, so that all that both know is always one
// value. What either side adds or deletes is told to the other when a script begins and when it ends.

import { unsupported } from "../errors.js";

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
const { deleteProperty, ownKeys } = Reflect;

/** What V8 gives a realm; a host's own additions are taken away. */
const STANDARD = new Set(
  ("Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp Error AggregateError " +
    "EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis JSON Math ArrayBuffer Atomics Uint8Array Int8Array " +
    "Uint16Array Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array Uint8ClampedArray Float32Array Float64Array DataView Map " +
    "BigInt Set Iterator WeakMap WeakSet Proxy Reflect FinalizationRegistry WeakRef decodeURI decodeURIComponent encodeURI " +
    "encodeURIComponent escape unescape eval isFinite isNaN console SuppressedError DisposableStack AsyncDisposableStack Float16Array " +
    "SharedArrayBuffer").split(" "),
);

/** V8's console in a realm, which only an inspector hears. */
const CONSOLE = "debug error info log warn dir dirxml table trace group groupCollapsed groupEnd clear count countReset assert profile profileEnd time timeLog timeEnd timeStamp";

/**
 * @typedef {object} Context
 * @property {(evaluate: (realm: number) => unknown, names: string[]) => unknown} run `names`: what the script declares
 * @property {any} global
 */

/** @param {import("../../protocol.d.ts").Host} host @param {unknown} formatStack */
function createRealm(host, formatStack) {
  if (!host.createRealm) throw unsupported("node:vm");
  const [realm, global] = host.createRealm();
  for (const key of ownKeys(global)) if (typeof key === "string" && !STANDARD.has(key)) deleteProperty(global, key);
  deleteProperty(global, Symbol.toStringTag);
  const console = new global.Object();
  for (const name of CONSOLE.split(" ")) console[name] = { [name]() {} }[name];
  defineProperty(global, "console", { value: console, writable: true, configurable: true, enumerable: false });
  // Stacks are made as outside; assigned, since in some engines this is an accessor.
  if (formatStack !== undefined) global.Error.prepareStackTrace = formatStack;
  if (getOwnPropertyDescriptor(global.Error, "prepareStackTrace")?.writable) defineProperty(global.Error, "prepareStackTrace", { enumerable: false });
  return { realm, global };
}

/** A realm whose global object is an ordinary one. @param {import("../../protocol.d.ts").Host} host @param {unknown} formatStack @returns {Context} */
export function createPlainContext(host, formatStack) {
  const { realm, global } = createRealm(host, formatStack);
  return { global, run: (evaluate) => evaluate(realm) };
}

/**
 * @param {import("../../protocol.d.ts").Host} host
 * @param {unknown} formatStack
 * @param {any} object
 * @returns {Context}
 */
export function createContext(host, formatStack, object) {
  const { realm, global } = createRealm(host, formatStack);
  /** What the realm began with. */
  const given = new Map(ownKeys(global).map((key) => [key, getOwnPropertyDescriptor(global, key)?.value]));
  /** Names that are accessors, and whether the scripts made them. @type {Map<string | symbol, { get: () => unknown, made: boolean, last: unknown }>} */
  const shared = new Map();
  /** Names that the engine does not let be accessors, and their value when they were last compared. @type {Map<string | symbol, unknown>} */
  const copied = new Map();

  /** @param {string | symbol} key @param {boolean} made */
  function share(key, made) {
    const own = getOwnPropertyDescriptor(global, key);
    if (own && !own.configurable) {
      if (own.writable) copied.set(key, (global[key] = object[key]));
      return;
    }
    const one = { get: () => (one.last = object[key]), made, last: object[key] };
    const set = (/** @type {unknown} */ value) => void Reflect.set(object, key, value);
    const enumerable = getOwnPropertyDescriptor(object, key)?.enumerable ?? key !== "constructor";
    defineProperty(global, key, { get: one.get, set, enumerable, configurable: true });
    shared.set(key, one);
  }

  const outside = new Proxy(object, {});

  /** The object's properties, with those that it inherits of its own classes; and its class, by which code gets out. */
  function* keys() {
    yield* ownKeys(object);
    for (let at = getPrototypeOf(object); at !== null && getPrototypeOf(at) !== null; at = getPrototypeOf(at)) yield* ownKeys(at);
    if ("constructor" in object) yield "constructor";
  }

  /** @param {Map<PropertyKey, unknown>} values @param {PropertyKey} key @param {unknown} value */
  const isAsLast = (values, key, value) => values.has(key) && Object.is(values.get(key), value);

  /** @param {string[]} names */
  function begin(names) {
    for (const [key, { made, last }] of shared) {
      if (key in object) continue;
      shared.delete(key);
      deleteProperty(global, key);
      // What a script made stays known to scripts, as in Node.
      if (made) defineProperty(global, key, { value: last, writable: true, enumerable: true, configurable: true });
      given.set(key, last);
    }
    for (const key of keys()) if (!shared.has(key) && !copied.has(key)) share(key, false);
    for (const [key, last] of copied) if (key in object && !Object.is(object[key], last)) copied.set(key, (global[key] = object[key]));
    for (const name of names) if (!shared.has(name) && !copied.has(name) && !(name in global) && Reflect.set(object, name, undefined)) share(name, true);
  }

  function end() {
    for (const key of shared.keys()) {
      if (getOwnPropertyDescriptor(global, key)) continue;
      deleteProperty(object, key);
      shared.delete(key);
    }
    for (const key of ownKeys(global)) {
      const own = getOwnPropertyDescriptor(global, key);
      if (!own || own.get || own.set || isAsLast(given, key, own.value) || isAsLast(copied, key, own.value)) continue;
      const isNew = !shared.delete(key) && !copied.has(key);
      if (copied.has(key)) copied.set(key, own.value);
      given.set(key, own.value);
      if (!(isNew && own.enumerable ? Reflect.defineProperty(object, key, { ...own, configurable: true }) : Reflect.set(object, key, own.value))) continue;
      share(key, true);
    }
  }

  return {
    global,
    run(evaluate, names) {
      begin(names);
      try {
        const value = evaluate(realm);
        // Seen from outside the global object shows what the object has.
        return value === global ? outside : value;
      } finally {
        end();
      }
    },
  };
}
