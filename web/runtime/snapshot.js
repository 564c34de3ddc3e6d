// Of chunk "recording": a value as data, bounded, for the judge to compare. It never runs the author's code: getters are not called,
// proxies are looked through by the host without firing their traps.
// Not here: the value's text (print.js).

/** @import { Host, Value } from "../protocol.d.ts" */

import { className, dataProperty, isClass, isFunction, wellFormed } from "./values.js";

const MAX_DEPTH = 8;
const MAX_ENTRIES = 200;
const MAX_STRING = 10_000;
/** Of all nested values together: a wide tree within the other bounds would still have 200^8. */
const MAX_NODES = 5_000;

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys, apply } = Reflect;
const { isArray } = Array;
const ObjectPrototype = Object.prototype;
const FunctionPrototype = Function.prototype;
const TypedArray = /** @type {any} */ (getPrototypeOf(Uint8Array));
const mapForEach = Map.prototype.forEach;
const setForEach = Set.prototype.forEach;
const dateValue = Date.prototype.getTime;
const regexpText = RegExp.prototype.toString;
const NativeDate = Date;

/** @type {Value} */
const CUT = { t: "cut" };

/**
 * @param {Host} host
 * @param {(value: unknown) => string} inspect
 */
export function createSnapshots(host, inspect) {
  /**
   * @param {unknown} value
   * @returns {Value}
   */
  const record = (value) => new Walk(host, inspect).value(value);

  return {
    value: record,
    /** @param {unknown} value */
    snapshot: (value) => ({ text: wellFormed(inspectSafely(inspect, value)), value: record(value) }),
  };
}

/** The author's own `[util.inspect.custom]` may throw. @param {(value: unknown) => string} inspect @param {unknown} value */
function inspectSafely(inspect, value) {
  try {
    return inspect(value);
  } catch {
    return "<inspecting it threw an error>";
  }
}

/** One value's recording: remembers the enclosing objects and how many values were met. */
class Walk {
  /** @type {object[]} */
  #path = [];
  #nodes = 0;
  #host;
  #inspect;

  /** @param {Host} host @param {(value: unknown) => string} inspect */
  constructor(host, inspect) {
    this.#host = host;
    this.#inspect = inspect;
  }

  /** @param {unknown} value @returns {Value} */
  value(value) {
    switch (typeof value) {
      case "undefined":
        return { t: "undefined" };
      case "boolean":
        return { t: "boolean", v: value };
      case "number":
        return { t: "number", v: Object.is(value, -0) ? "-0" : String(value) };
      case "bigint":
        return { t: "bigint", v: String(value) };
      case "string":
        return { t: "string", v: wellFormed(value.length > MAX_STRING ? value.slice(0, MAX_STRING) : value) };
      case "symbol":
        return { t: "symbol", v: wellFormed(value.description ?? "") };
      default:
        return value === null ? { t: "null" } : this.#object(/** @type {object} */ (value));
    }
  }

  /** @param {object} object @returns {Value} */
  #object(object) {
    const target = this.#proxyTarget(object);
    if (target === null) return this.#other(object);
    const seen = this.#path.indexOf(target);
    if (seen >= 0) return { t: "circular", v: seen };
    if (this.#path.length >= MAX_DEPTH || ++this.#nodes > MAX_NODES) return CUT;
    this.#path.push(target);
    try {
      return this.#contents(target);
    } finally {
      this.#path.pop();
    }
  }

  /** What stands behind all proxies; null when one is revoked. @param {object} object @returns {object | null} */
  #proxyTarget(object) {
    for (let at = object; ; ) {
      const details = this.#host.proxyDetails(at);
      if (details === undefined) return at;
      if (details[0] === null) return null;
      at = /** @type {object} */ (details[0]);
    }
  }

  /** @param {object} object @returns {Value} */
  #contents(object) {
    if (isList(object) && hasExtras(object)) return { .../** @type {any} */ (this.#array(/** @type {any} */ (object))), extras: true };
    if (hasExtras(object)) return this.#other(object);
    if (isFunction(object)) {
      const name = functionName(object);
      if (!isClass(object)) return { t: "function", name, class: false };
      const base = getPrototypeOf(object);
      const isDerived = base !== null && base !== FunctionPrototype && isFunction(base);
      return { t: "function", name, class: true, ...(isDerived && { extends: functionName(base) }) };
    }
    if (isArray(object)) return this.#array(object);
    const prototype = getPrototypeOf(object);
    if (prototype === null || prototype === ObjectPrototype) return this.#plain(object);
    return this.#builtIn(object) ?? this.#plain(object);
  }

  /** An object of one of the language's classes; null for the author's own. @param {object} object @returns {Value | null} */
  #builtIn(object) {
    try {
      if (object instanceof Map) return this.#map(object);
      if (object instanceof Set) return this.#set(object);
      if (object instanceof NativeDate) {
        const time = apply(dateValue, object, []);
        return { t: "date", v: Number.isNaN(time) ? null : time };
      }
      if (object instanceof RegExp) return { t: "regexp", v: wellFormed(apply(regexpText, object, [])) };
      if (object instanceof Error) return this.#error(object);
      if (object instanceof Promise) return this.#promise(object);
      if (object instanceof TypedArray) return this.#array(/** @type {any} */ (object));
    } catch {
      return null; // it only inherits from the class: Object.create(Map.prototype)
    }
    return isOpaque(object) ? this.#other(object) : null;
  }

  /** @param {object} object @returns {Value} */
  #other(object) {
    return { t: "other", text: wellFormed(inspectSafely(this.#inspect, object)) };
  }

  /** @param {object} object @param {PropertyKey} key @returns {Value | null} null: not there */
  #property(object, key) {
    const found = getOwnPropertyDescriptor(object, key);
    if (!found) return null;
    return "value" in found ? this.value(found.value) : { t: "getter" };
  }

  /** @param {ArrayLike<unknown> & object} array @returns {Value} */
  #array(array) {
    /** @type {Value[]} */
    const items = [];
    for (let i = 0; i < array.length && i < MAX_ENTRIES; i++) items.push(this.#property(array, i) ?? { t: "hole" });
    if (array.length > MAX_ENTRIES) items.push(CUT);
    return { t: "array", class: className(array) ?? "Array", items };
  }

  /** @param {object} object @returns {Value} */
  #plain(object) {
    /** @type {[string, Value][]} */
    const entries = [];
    for (const key of ownKeys(object)) {
      if (!getOwnPropertyDescriptor(object, key)?.enumerable) continue;
      if (entries.length >= MAX_ENTRIES) {
        entries.push(["…", CUT]);
        break;
      }
      entries.push([wellFormed(String(key)), /** @type {Value} */ (this.#property(object, key))]);
    }
    return { t: "object", class: className(object), entries };
  }

  /** @param {Map<unknown, unknown>} map @returns {Value} */
  #map(map) {
    /** @type {[Value, Value][]} */
    const entries = [];
    let left = MAX_ENTRIES;
    apply(mapForEach, map, [
      (/** @type {unknown} */ value, /** @type {unknown} */ key) => {
        if (left-- > 0) entries.push([this.value(key), this.value(value)]);
      },
    ]);
    if (left < 0) entries.push([CUT, CUT]);
    return { t: "map", entries };
  }

  /** @param {Set<unknown>} set @returns {Value} */
  #set(set) {
    /** @type {Value[]} */
    const items = [];
    let left = MAX_ENTRIES;
    apply(setForEach, set, [
      (/** @type {unknown} */ value) => {
        if (left-- > 0) items.push(this.value(value));
      },
    ]);
    if (left < 0) items.push(CUT);
    return { t: "set", items };
  }

  /** @param {Error} error @returns {Value} */
  #error(error) {
    return {
      t: "error",
      name: wellFormed(String(dataProperty(error, "name") ?? "Error")),
      message: wellFormed(String(dataProperty(error, "message") ?? "")),
    };
  }

  /** @param {Promise<unknown>} promise @returns {Value} */
  #promise(promise) {
    const details = this.#host.promiseDetails(promise);
    if (details === null) return { t: "promise", state: "unknown", value: null };
    const [state, value] = details;
    if (state === 0) return { t: "promise", state: "pending", value: null };
    return { t: "promise", state: state === 1 ? "fulfilled" : "rejected", value: this.value(value) };
  }
}

/** @param {object} object */
const isList = (object) => isArray(object) || object instanceof TypedArray;

/**
 * A function, an array or a built-in has properties beside what its data tells: only its text tells them all.
 * @param {object} object
 */
function hasExtras(object) {
  const list = isList(object);
  if (list && /** @type {ArrayLike<unknown>} */ (object).length > MAX_ENTRIES) return false; // cut, so never compared
  const special = list || isFunction(object) || SPECIAL.some((constructor) => object instanceof constructor);
  if (!special) return false;
  const name = className(object);
  if ((object instanceof Map && name !== "Map") || (object instanceof Set && name !== "Set")) return true;
  return ownKeys(object).some((key) => {
    const isIndex = list && typeof key === "string" && /^\d+$/.test(key);
    return !isIndex && getOwnPropertyDescriptor(object, key)?.enumerable === true;
  });
}

const SPECIAL = [Map, Set, Date, RegExp, Promise];
const OPAQUE = [WeakMap, WeakSet, WeakRef, ArrayBuffer, DataView, String, Number, Boolean, Symbol, BigInt];
const IteratorPrototype = getPrototypeOf(/** @type {object} */ (getPrototypeOf([][Symbol.iterator]())));

/** @param {object} object */
function functionName(object) {
  return wellFormed(String(getOwnPropertyDescriptor(object, "name")?.value ?? ""));
}

/** Objects whose contents no property tells. @param {object} object */
function isOpaque(object) {
  if (OPAQUE.some((constructor) => object instanceof constructor)) return true;
  for (let at = getPrototypeOf(object); at !== null; at = getPrototypeOf(at)) if (at === IteratorPrototype) return true;
  return false;
}
