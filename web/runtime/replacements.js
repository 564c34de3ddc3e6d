// Chunk "replacements": built-ins that do what V8's do, for amends.js to put in the place of the engine's.

import { hide } from "./values.js";

const { apply } = Reflect;
const { sqrt, abs } = Math;

export default { insertionSort, any, hypot };

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

/**
 * Math.hypot in V8's way: scaled by the largest, summed with Kahan's compensation. Its last digit differs in every engine
 * without fdlibm.
 * @param {ArrayLike<unknown>} values
 */
function hypot(values) {
  const sizes = [];
  let max = 0;
  let sawNaN = false;
  for (let i = 0; i < values.length; i++) {
    const size = abs(+(/** @type {any} */ (values[i])));
    sizes[i] = size;
    if (size > max) max = size;
    if (size !== size) sawNaN = true;
  }
  if (max === Infinity || max === 0 || sawNaN) return max === Infinity ? max : sawNaN ? NaN : 0;
  let sum = 0;
  let compensation = 0;
  for (let i = 0; i < sizes.length; i++) {
    const scaled = sizes[i] / max;
    const summand = scaled * scaled - compensation;
    const next = sum + summand;
    compensation = next - sum - summand;
    sum = next;
  }
  return sqrt(sum) * max;
}
