// What only the engine and the runtime know, in the form that the patched util.inspect asks for (build/inspect-patches.mjs).

/** @import { Host } from "../../../protocol.d.ts" */

/** @type {Host | null} */
let host = null;

/** @type {(iterator: object) => [unknown[], boolean]} */
export let previewEntries = () => [[], false];

/** @type {typeof import("../../errors.js").invalidArgument} */
export let invalidArgument;

/** @param {Host} given @param {typeof previewEntries} preview @param {typeof invalidArgument} invalid */
export function useDetails(given, preview, invalid) {
  host = given;
  previewEntries = preview;
  invalidArgument = invalid;
}

const { push, pop, includes } = Array.prototype;
let isQuiet = false;

/** The list of enclosing objects: Node's formatter asks it by methods that a program may have replaced. */
export const enclosing = () => (isQuiet ? Object.assign([], { push, pop, includes }) : []);

/** Inspects without calling any of those. @template T @param {() => T} inspect */
export function quietly(inspect) {
  isQuiet = true;
  try {
    return inspect();
  } finally {
    isQuiet = false;
  }
}

/** Where the engine does not tell, a promise prints as pending. @param {Promise<unknown>} promise */
export const promiseDetails = (promise) => host?.promiseDetails(promise) ?? [0, undefined];

/**
 * @param {unknown} value
 * @param {boolean} [both] the target alone when false
 */
export function proxyDetails(value, both = true) {
  const details = host?.proxyDetails(value);
  return details === undefined || both ? details : details[0];
}

const ONLY_ENUMERABLE = 2;

/** Own keys that are no array indices, which is all that the formatter asks for. @param {object} value */
export function ownNonIndexKeys(value, filter = ONLY_ENUMERABLE) {
  const enumerable = filter === ONLY_ENUMERABLE;
  const keys =
    host?.ownKeys?.(value, enumerable) ??
    Reflect.ownKeys(value).filter((key) => !enumerable || Object.getOwnPropertyDescriptor(value, key)?.enumerable);
  return keys.filter((key) => typeof key === "symbol" || !isArrayIndex(key));
}

/** @param {string} key */
const isArrayIndex = (key) => /^(0|[1-9]\d*)$/.test(key) && Number(key) < 2 ** 32 - 1;
