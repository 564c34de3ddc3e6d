// node:util's `types`: which of the language's classes a value is of, whatever its prototype says.

/** @import { Host } from "../../protocol.d.ts" */

const { getPrototypeOf, getOwnPropertyDescriptor, apply } = Reflect;

/** A test that succeeds when a method that works on one class only takes the value. @param {Function} method @param {unknown[]} args */
const brand = (method, ...args) => (/** @type {unknown} */ value) => {
  try {
    apply(method, value, args);
    return true;
  } catch {
    return false;
  }
};

/** @param {object} prototype @param {PropertyKey} key */
const getter = (prototype, key) => /** @type {Function} */ (getOwnPropertyDescriptor(prototype, key)?.get);
const typedArrayTag = getter(/** @type {object} */ (getPrototypeOf(Uint8Array.prototype)), Symbol.toStringTag);
const objectTag = Object.prototype.toString;

/** @param {unknown} value @param {string} tag */
const hasTag = (value, tag) => apply(objectTag, value, []) === `[object ${tag}]`;

/** @param {Host} host */
export function createTypes(host) {
  const marker = {};
  /** @type {Record<string, (value: any) => boolean>} */
  const types = {
    isProxy: (value) => host.proxyDetails(value) !== undefined,
    isMap: brand(getter(Map.prototype, "size")),
    isSet: brand(getter(Set.prototype, "size")),
    isWeakMap: brand(WeakMap.prototype.has, marker),
    isWeakSet: brand(WeakSet.prototype.has, marker),
    isDate: brand(Date.prototype.getTime),
    isRegExp: (value) => typeof value === "object" && value !== null && brand(getter(RegExp.prototype, "source"))(value) && value !== RegExp.prototype,
    isPromise: (value) => value instanceof Promise,
    isNativeError: (value) => /** @type {any} */ (Error).isError?.(value) ?? value instanceof Error,
    isArrayBuffer: brand(getter(ArrayBuffer.prototype, "byteLength")),
    isSharedArrayBuffer: (value) => typeof SharedArrayBuffer === "function" && value instanceof SharedArrayBuffer,
    isDataView: brand(getter(DataView.prototype, "byteLength")),
    isTypedArray: (value) => apply(typedArrayTag, value, []) !== undefined,
    isNumberObject: (value) => typeof value === "object" && brand(Number.prototype.valueOf)(value),
    isStringObject: (value) => typeof value === "object" && brand(String.prototype.valueOf)(value),
    isBooleanObject: (value) => typeof value === "object" && brand(Boolean.prototype.valueOf)(value),
    isSymbolObject: (value) => typeof value === "object" && brand(Symbol.prototype.valueOf)(value),
    isBigIntObject: (value) => typeof value === "object" && brand(BigInt.prototype.valueOf)(value),
    isAsyncFunction: (value) => typeof value === "function" && /^\[object Async/.test(apply(objectTag, value, [])),
    isGeneratorFunction: (value) => typeof value === "function" && /GeneratorFunction\]$/.test(apply(objectTag, value, [])),
    isGeneratorObject: (value) => hasTag(value, "Generator") || hasTag(value, "AsyncGenerator"),
    isMapIterator: (value) => hasTag(value, "Map Iterator"),
    isSetIterator: (value) => hasTag(value, "Set Iterator"),
    isArgumentsObject: (value) => hasTag(value, "Arguments"),
    isModuleNamespaceObject: (value) => hasTag(value, "Module"),
  };
  types.isAnyArrayBuffer = (value) => types.isArrayBuffer(value) || types.isSharedArrayBuffer(value);
  types.isArrayBufferView = (value) => types.isTypedArray(value) || types.isDataView(value);
  types.isBoxedPrimitive = (value) =>
    types.isNumberObject(value) || types.isStringObject(value) || types.isBooleanObject(value) || types.isSymbolObject(value) || types.isBigIntObject(value);
  for (const name of ["Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"]) {
    types[`is${name}`] = (value) => apply(typedArrayTag, value, []) === name;
  }
  return types;
}
