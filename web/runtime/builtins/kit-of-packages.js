// The program's built-ins, for npm packages that import Node's modules (build/provided.mjs).

/** @import { Kit } from "../kit.js" */

/** @type {Kit | null} */
let kit = null;

/** Before a package is loaded. @param {Kit} given */
export function useKit(given) {
  kit = given;
}

/** @param {string} name */
export const builtin = (name) => /** @type {Kit} */ (kit).builtin(name);
