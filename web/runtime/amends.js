// Where an engine's own built-ins are not those of V8 13.6: what Node 24 has not yet is taken away, what behaves
// otherwise is replaced. Each is left alone where the engine is right by itself.

const { apply, construct, deleteProperty } = Reflect;
const { defineProperty } = Object;

/** Proposals that are newer than Node 24. */
const TOO_NEW = /** @type {[object, string][]} */ ([
  ...["toBase64", "toHex", "setFromBase64", "setFromHex"].map((name) => [Uint8Array.prototype, name]),
  ...["fromBase64", "fromHex"].map((name) => [Uint8Array, name]),
  ...["getOrInsert", "getOrInsertComputed"].flatMap((name) => [Map.prototype, WeakMap.prototype].map((of) => [of, name])),
  ...["concat", "zip", "zipKeyed"].map((name) => [globalThis.Iterator, name]),
  ...["chunks", "windows", "includes", "join"].map((name) => [globalThis.Iterator?.prototype, name]),
  ...["immutable", "sliceToImmutable", "transferToImmutable"].map((name) => [ArrayBuffer.prototype, name]),
  ...["columnNumber", "fileName", "lineNumber"].map((name) => [Function.prototype, name]),
  [Math, "sumPrecise"],
  [globalThis, "InternalError"],
]);

/** What weak references of this job refer to: the language says that it lives as long as the job. @type {Set<object>} */
const alive = new Set();

export function amendBuiltIns() {
  for (const [of, name] of TOO_NEW) if (of !== undefined) deleteProperty(of, name);
  replaceWeakRef();
  hide(Promise, "any", { any }.any);
  const native = Array.prototype.sort;
  const { sort } = {
    /** @this {any} @param {any} [compare] */
    sort(compare) {
      const known = typeof compare === "function" && Array.isArray(this) && this.length <= SHORT;
      return known && !hasHole(this) ? insertionSort(this, compare) : apply(native, this, arguments.length === 0 ? [] : [compare]);
    },
  };
  hide(Array.prototype, "sort", sort);
}

/** Up to here V8 sorts by binary insertion. */
const SHORT = 32;

/** @param {unknown[]} list */
function hasHole(list) {
  for (let at = 0; at < list.length; at++) if (list[at] === undefined) return true;
  return false;
}

/**
 * As V8 does it, for programs show which pairs a comparator gets, and what becomes of one that gives booleans: the run
 * that the list begins with, turned round where it falls, then each further item by binary insertion.
 * @param {unknown[]} list
 * @param {(a: unknown, b: unknown) => unknown} compare
 */
function insertionSort(list, compare) {
  const items = [...list];
  const order = (/** @type {unknown} */ a, /** @type {unknown} */ b) => Number(apply(compare, undefined, [a, b]));
  let start = Math.min(1, items.length);
  if (items.length > 1) {
    start = 2;
    const falls = order(items[1], items[0]) < 0;
    for (let last = items[1]; start < items.length; last = items[start++]) if (order(items[start], last) < 0 !== falls) break;
    if (falls) items.splice(0, start, ...items.slice(0, start).reverse());
  }
  for (; start < items.length; start++) {
    const pivot = items[start];
    let left = 0;
    let right = start;
    while (left < right) {
      const middle = left + ((right - left) >> 1);
      if (order(pivot, items[middle]) < 0) right = middle;
      else left = middle + 1;
    }
    items.splice(start, 1);
    items.splice(left, 0, pivot);
  }
  for (let at = 0; at < items.length; at++) list[at] = items[at];
  return list;
}

/** A macrotask has ended. */
export function endJob() {
  alive.clear();
}

function replaceWeakRef() {
  const Native = WeakRef;
  const { prototype } = Native;
  const native = prototype.deref;
  /** @this {unknown} @param {[object]} args */
  function KeepingWeakRef(...args) {
    if (!new.target) throw new TypeError("Constructor WeakRef requires 'new'");
    const made = construct(Native, args, new.target);
    alive.add(args[0]);
    return made;
  }
  defineProperty(KeepingWeakRef, "name", { value: "WeakRef", configurable: true });
  defineProperty(KeepingWeakRef, "length", { value: 1, configurable: true });
  defineProperty(KeepingWeakRef, "prototype", { value: prototype, writable: false });
  hide(prototype, "constructor", KeepingWeakRef);
  const { deref } = {
    /** @this {WeakRef<object>} */
    deref() {
      const target = apply(native, this, []);
      if (target !== undefined) alive.add(target);
      return target;
    },
  };
  hide(prototype, "deref", deref);
  hide(globalThis, "WeakRef", KeepingWeakRef);
}

/**
 * Promise.any as the language has it, whose error says what V8's says.
 * @this {PromiseConstructor}
 * @param {Iterable<unknown>} values
 */
function any(values) {
  return new this((resolve, reject) => {
    /** @type {unknown[]} */
    const errors = [];
    let left = 1;
    let count = 0;
    const ended = () => {
      if (--left === 0) reject(allRejected(errors));
    };
    for (const value of values) {
      const at = count++;
      let told = false;
      left++;
      this.resolve(value).then(resolve, (reason) => {
        if (told) return;
        told = true;
        errors[at] = reason;
        ended();
      });
    }
    ended();
  });
}

/** No code of the program is on the stack when it is made. @param {unknown[]} errors */
function allRejected(errors) {
  const error = new AggregateError(errors, "All promises were rejected");
  hide(error, "stack", `${error}`);
  return error;
}

/** @param {object} of @param {string} name @param {unknown} value */
const hide = (of, name, value) => void defineProperty(of, name, { value, writable: true, configurable: true });
