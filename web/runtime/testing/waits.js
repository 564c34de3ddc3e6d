// What a test waits for, and how it is ended from outside: by a timeout, by an error that nobody catches, or since nothing
// is left that could settle it. Promises are asked by the language's own `then`, which a program may have replaced.

import { add, remove } from "./lists.js";

const NativePromise = Promise;
const { resolve: resolvePromise } = Promise;
const { then } = Promise.prototype;
const { apply } = Reflect;

/** @typedef {{ end: (error: unknown) => void }} Wait */

export class Waits {
  /** The innermost is last. @type {Wait[]} */
  #open = [];

  /** @param {unknown} error @returns {boolean} false: nothing waits */
  endInnermost(error) {
    if (this.#open.length === 0) return false;
    this.#open[this.#open.length - 1].end(error);
    return true;
  }

  /**
   * Settles as `value` does, or when it is ended; never with a value.
   * @param {unknown} value
   * @param {((end: (error: unknown) => void) => (() => void)) | null} [limit] sets a timer; gives what takes it back
   * @returns {Promise<undefined>}
   */
  until(value, limit = null) {
    return new NativePromise((resolve, reject) => {
      let release = () => {};
      const leave = () => {
        remove(this.#open, wait);
        release();
      };
      const wait = {
        end(/** @type {unknown} */ error) {
          leave();
          reject(error);
        },
      };
      add(this.#open, wait);
      if (limit !== null) release = limit(wait.end);
      settled(value, () => {
        leave();
        resolve(undefined);
      }, wait.end);
    });
  }
}

/** @param {() => void} done */
const soon = (done) => void apply(then, apply(resolvePromise, NativePromise, []), [done]);

/** @param {unknown} value @param {() => void} done @param {(error: unknown) => void} [failed] */
export function settled(value, done, failed = () => {}) {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) {
    soon(done);
    return;
  }
  try {
    apply(then, value, [() => done(), failed]);
    return;
  } catch {
    // No promise of the language's.
  }
  try {
    const own = /** @type {any} */ (value).then;
    if (typeof own !== "function") soon(done);
    else apply(own, value, [() => done(), failed]);
  } catch (error) {
    failed(error);
  }
}
