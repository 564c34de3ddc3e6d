// Where an engine's own built-ins are not those of V8 13.6: what Node 24 has not yet is taken away, what behaves
// otherwise is replaced; what the replacements do stands in the chunk "replacements".

/** @import replacements from "./replacements.js" */

import { hide } from "./values.js";

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

/** @param {() => typeof replacements} load gives the chunk */
export function amendBuiltIns(load) {
  for (const [of, name] of TOO_NEW) if (of !== undefined) deleteProperty(of, name);
  replaceWeakRef();
  const { any } = {
    /** @this {PromiseConstructor} @param {Iterable<unknown>} values */
    any(values) {
      return apply(load().any, this, [values]);
    },
  };
  hide(Promise, "any", any);
  const { hypot } = {
    /** The two make its length. @param {unknown} _x @param {unknown} _y */
    hypot(_x, _y) {
      return load().hypot(arguments);
    },
  };
  hide(Math, "hypot", hypot);
  const native = Array.prototype.sort;
  const { sort } = {
    /** @this {any} @param {any} [compare] */
    sort(compare) {
      const known = typeof compare === "function" && Array.isArray(this) && this.length <= SHORT;
      return known && !hasHole(this) ? load().insertionSort(this, compare) : apply(native, this, arguments.length === 0 ? [] : [compare]);
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
