// Deep equality as node:assert and util.isDeepStrictEqual decide it, in three modes:
//   loose    ==, prototypes and symbol keys ignored          (deepEqual)
//   strict   Object.is, prototypes, own symbol keys compared  (deepStrictEqual)
//   partial  strict, but `actual` may hold more               (partialDeepStrictEqual)

/** @typedef {"loose" | "strict" | "partial"} Mode */

const { is, keys, getPrototypeOf, getOwnPropertySymbols } = Object;
const hasOwn = Object.hasOwn;
const isEnumerable = Object.prototype.propertyIsEnumerable;
const tagOf = Object.prototype.toString;
const { apply } = Reflect;
const sameTag = (/** @type {object} */ a, /** @type {object} */ b) => apply(tagOf, a, []) === apply(tagOf, b, []);

/**
 * @param {unknown} actual
 * @param {unknown} expected
 * @param {Mode} mode
 */
export const deepEqual = (actual, expected, mode) => new Comparison(mode).equal(actual, expected);

class Comparison {
  /** Pairs under comparison: meeting one again means that both sides close the same circle. @type {[object, object][]} */
  #open = [];
  #mode;

  /** @param {Mode} mode */
  constructor(mode) {
    this.#mode = mode;
  }

  /** @param {any} a @param {any} b @returns {boolean} */
  equal(a, b) {
    if (a === b) return a !== 0 || this.#mode === "loose" || is(a, b);
    if (this.#mode === "loose") {
      if (a === null || typeof a !== "object") return (b === null || typeof b !== "object") && (a == b || (a !== a && b !== b));
      if (b === null || typeof b !== "object") return false;
    } else {
      if (typeof a !== "object") return typeof a === "number" && is(a, b);
      if (typeof b !== "object" || a === null || b === null) return false;
      if (getPrototypeOf(a) !== getPrototypeOf(b)) return false;
    }
    return sameTag(a, b) && this.#objects(a, b);
  }

  /** @param {any} a @param {any} b @returns {boolean} */
  #objects(a, b) {
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    if (!this.#sameKind(a, b)) return false;
    if (this.#open.some(([first, second]) => first === a && second === b)) return true;
    this.#open.push([a, b]);
    const equal = this.#contents(a, b);
    this.#open.pop();
    return equal;
  }

  /** What is compared beside the properties. @param {any} a @param {any} b @returns {boolean} */
  #sameKind(a, b) {
    if (a instanceof Date) return b instanceof Date && is(a.getTime(), b.getTime());
    if (a instanceof RegExp) return b instanceof RegExp && a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex;
    if (a instanceof Error) {
      return (
        b instanceof Error && a.message === b.message && a.name === b.name &&
        this.#hiddenProperty(a, b, "cause") && this.#hiddenProperty(a, b, "errors")
      );
    }
    if (ArrayBuffer.isView(a)) return ArrayBuffer.isView(b) && this.#sameBytes(a, b);
    if (a instanceof ArrayBuffer) return b instanceof ArrayBuffer && this.#sameBytes(new Uint8Array(a), new Uint8Array(b));
    if (a instanceof Map) return b instanceof Map && (this.#mode === "partial" ? a.size >= b.size : a.size === b.size);
    if (a instanceof Set) return b instanceof Set && (this.#mode === "partial" ? a.size >= b.size : a.size === b.size);
    if (isBoxed(a)) return isBoxed(b) && is(a.valueOf(), b.valueOf());
    if (a instanceof WeakMap || a instanceof WeakSet || a instanceof Promise) return this.#mode === "loose" && false;
    return !(b instanceof Date || b instanceof RegExp || b instanceof Error || b instanceof Map || b instanceof Set || isBoxed(b));
  }

  /** Properties that errors have without being enumerable. @param {any} a @param {any} b @param {string} key */
  #hiddenProperty(a, b, key) {
    if (this.#mode === "partial" && !hasOwn(b, key)) return true;
    return hasOwn(a, key) === hasOwn(b, key) && this.equal(a[key], b[key]);
  }

  /** @param {any} a @param {any} b */
  #sameBytes(a, b) {
    if (this.#mode === "loose" && (a instanceof Float32Array || a instanceof Float64Array)) {
      return a.length === b.length && a.every((/** @type {number} */ value, /** @type {number} */ i) => value === b[i]);
    }
    if (a.byteLength !== b.byteLength) return false;
    const bytes = (/** @type {any} */ view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const other = bytes(b);
    return bytes(a).every((value, i) => value === other[i]);
  }

  /** @param {any} a @param {any} b @returns {boolean} */
  #contents(a, b) {
    if (this.#mode === "partial" && Array.isArray(a)) return this.#partialArray(a, b);
    if (Array.isArray(a) && a.length !== b.length) return false;
    const names = ArrayBuffer.isView(a) ? ownKeys(b, this.#mode).filter((key) => typeof key === "symbol" || !/^\d+$/.test(key)) : ownKeys(b, this.#mode);
    if (this.#mode !== "partial") {
      const mine = ownKeys(a, this.#mode);
      if (!ArrayBuffer.isView(a) && mine.length !== names.length) return false;
    }
    for (const name of names) if (!hasOwn(a, name) || !apply(isEnumerable, a, [name])) return false;
    if (a instanceof Map && !this.#maps(a, b)) return false;
    if (a instanceof Set && !this.#sets(a, b)) return false;
    return names.every((name) => this.equal(a[name], b[name]));
  }

  /** Every item of `b` is found in `a`, in this order. @param {unknown[]} a @param {unknown[]} b */
  #partialArray(a, b) {
    let at = 0;
    for (const item of b) {
      while (at < a.length && !this.equal(a[at], item)) at++;
      if (at++ >= a.length) return false;
    }
    return true;
  }

  /** @param {Set<unknown>} a @param {Set<unknown>} b */
  #sets(a, b) {
    const left = new Set(a);
    /** @type {unknown[]} */
    const unmatched = [];
    for (const item of b) if (!left.delete(item)) unmatched.push(item);
    return unmatched.every((item) => {
      if (!this.#mayEqualAnother(item)) return false;
      for (const candidate of left) if (this.equal(candidate, item)) return left.delete(candidate);
      return false;
    });
  }

  /** @param {Map<unknown, unknown>} a @param {Map<unknown, unknown>} b */
  #maps(a, b) {
    const left = new Map(a);
    /** @type {[unknown, unknown][]} */
    const unmatched = [];
    for (const [key, value] of b) {
      if (left.has(key) && this.equal(left.get(key), value)) left.delete(key);
      else unmatched.push([key, value]);
    }
    return unmatched.every(([key, value]) => {
      if (!this.#mayEqualAnother(key)) return false;
      for (const [otherKey, other] of left) if (this.equal(otherKey, key) && this.equal(other, value)) return left.delete(otherKey);
      return false;
    });
  }

  /** A value that is not the same as one of the other side may still equal one. @param {unknown} value */
  #mayEqualAnother(value) {
    return (typeof value === "object" && value !== null) || this.#mode === "loose";
  }
}

/** @param {object} object @param {Mode} mode @returns {(string | symbol)[]} */
function ownKeys(object, mode) {
  if (mode === "loose") return keys(object);
  return [...keys(object), ...getOwnPropertySymbols(object).filter((symbol) => apply(isEnumerable, object, [symbol]))];
}

/** @param {unknown} value */
function isBoxed(value) {
  return value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof Symbol || value instanceof BigInt;
}
