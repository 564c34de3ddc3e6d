// What only the engine knows of a value, in the form that the patched util.inspect asks for (build/inspect-patches.mjs).

/** @import { Host } from "../../../protocol.d.ts" */

/** @type {Host | null} */
let host = null;

/** @type {(iterator: object) => [unknown[], boolean]} */
export let previewEntries = () => [[], false];

/** @param {Host} given @param {typeof previewEntries} preview */
export function useDetails(given, preview) {
  host = given;
  previewEntries = preview;
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
