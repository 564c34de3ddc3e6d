// `test.each`: rows of a table become tests, and a row's values stand in its name.

/** @import { Kit } from "../kit.js" */

import { isObject } from "../values.js";
import { add } from "./lists.js";

const { isArray } = Array;
const { apply } = Reflect;

/**
 * The rows of a table, each as the arguments of its test.
 * @param {ArrayLike<unknown>} given an array, or a tagged template with its values
 * @returns {unknown[][]}
 */
export function rowsOf(given) {
  const table = given[0];
  /** @type {unknown[][]} */
  const rows = [];
  if (!isArray(table)) return rows;
  if (!isArray(/** @type {any} */ (table).raw)) {
    for (let at = 0; at < table.length; at++) add(rows, isArray(table[at]) ? table[at] : [table[at]]);
    return rows;
  }
  const names = table[0].trim().split("|").map((/** @type {string} */ name) => name.trim());
  for (let at = 1; at + names.length <= given.length; at += names.length) {
    /** @type {any} */
    const row = {};
    for (let column = 0; column < names.length; column++) row[names[column]] = given[at + column];
    add(rows, [row]);
  }
  return rows;
}

/**
 * @param {Kit} kit @param {string} title @param {unknown[]} row @param {number} index
 * @returns {string}
 */
export function titleOf(kit, title, row, index) {
  let next = 0;
  const formatted = title.replace(/%([sdifjoOp#$%])/g, (/** @type {string} */ whole, /** @type {string} */ letter) => {
    if (letter === "%") return "%";
    if (letter === "#") return `${index}`;
    if (letter === "$") return `${index + 1}`;
    if (next >= row.length) return whole;
    const value = row[next++];
    if (letter === "p") return kit.printer.inspect(value);
    return kit.printer.format([`%${letter}`, value]);
  });
  const first = row[0];
  if (!isObject(first)) return formatted;
  return formatted.replace(/\$(#|[A-Za-z_]\w*(?:\.\w+)*)/g, (/** @type {string} */ whole, /** @type {string} */ path) => {
    if (path === "#") return `${index}`;
    /** @type {any} */
    let value = first;
    const steps = path.split(".");
    for (let at = 0; at < steps.length; at++) {
      if (!isObject(value) || !(steps[at] in value)) return whole;
      value = /** @type {any} */ (value)[steps[at]];
    }
    return typeof value === "string" ? value : kit.printer.inspect(value);
  });
}

/** @param {Function} body @param {unknown[]} row @param {any} self @param {unknown} done */
export function callWithRow(body, row, self, done) {
  if (done === null) return apply(body, self, row);
  const args = row.slice();
  add(args, done);
  return apply(body, self, args);
}
