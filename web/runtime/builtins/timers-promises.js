// Chunk "timersPromises": node:timers/promises in virtual time.

import { invalidArgument } from "../errors.js";

/** @typedef {{ signal?: AbortSignal, ref?: boolean }} Options */

/** @param {import("../kit.js").Kit} kit */
export default function timersPromises(kit) {
  const { setTimeout: start, setImmediate: soon, setInterval: repeat, clearTimeout, clearImmediate, clearInterval } = kit.loop.globals;

  /** @param {AbortSignal} signal */
  const aborted = (signal) => {
    const error = new Error("The operation was aborted", { cause: signal.reason });
    return Object.assign(Object.defineProperty(error, "name", { value: "AbortError", configurable: true, writable: true }), { code: "ABORT_ERR" });
  };

  /**
   * @template T
   * @param {Options} options
   * @param {(resolve: (value: T) => void) => () => void} begin gives what ends it
   * @returns {Promise<T>}
   */
  function abortable({ signal }, begin) {
    if (signal?.aborted) return Promise.reject(aborted(signal));
    return new Promise((resolve, reject) => {
      const end = begin(resolve);
      signal?.addEventListener("abort", () => {
        end();
        reject(aborted(signal));
      }, { once: true });
    });
  }

  /** @template T @param {number} [delay] @param {T} [value] @param {Options} [options] */
  async function setTimeout(delay, value, options = {}) {
    if (delay !== undefined && typeof delay !== "number") throw invalidArgument("delay", "of type number", delay);
    return abortable(options, (resolve) => {
      const timer = start(() => resolve(value), delay);
      if (options.ref === false) timer.unref();
      return () => clearTimeout(timer);
    });
  }

  /** @template T @param {T} [value] @param {Options} [options] */
  async function setImmediate(value, options = {}) {
    return abortable(options, (resolve) => {
      const immediate = soon(() => resolve(value));
      return () => clearImmediate(immediate);
    });
  }

  /** @template T @param {number} [delay] @param {T} [value] @param {Options} [options] */
  async function* setInterval(delay, value, options = {}) {
    const { signal } = options;
    if (signal?.aborted) throw aborted(signal);
    let fired = 0;
    let wake = () => {};
    const timer = repeat(() => {
      fired++;
      wake();
    }, delay);
    if (options.ref === false) timer.unref();
    signal?.addEventListener("abort", () => wake(), { once: true });
    try {
      for (;;) {
        if (fired === 0 && !signal?.aborted) await new Promise((resolve) => void (wake = () => resolve(undefined)));
        for (; fired > 0; fired--) yield value;
        if (signal?.aborted) throw aborted(signal);
      }
    } finally {
      clearInterval(timer);
    }
  }

  const scheduler = {
    /** @param {number} delay @param {Options} [options] */
    wait: (delay, options) => setTimeout(delay, undefined, options),
    yield: () => setImmediate(),
  };
  return { setTimeout, setImmediate, setInterval, scheduler };
}
