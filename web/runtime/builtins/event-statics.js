// The functions of node:events that take an emitter or an event target.

/** @import { Kit } from "../kit.js" */

import { invalidArgument, nodeError } from "../errors.js";
import { abortError, on, requireSignal } from "./events-on.js";

const EITHER = "an instance of EventEmitter or EventTarget";

/** @param {any} value */
const isTarget = (value) => typeof value?.addEventListener === "function" && typeof value.dispatchEvent === "function";

/** @param {string} name @param {any} count */
export function requireCount(name, count) {
  if (typeof count !== "number") throw invalidArgument(name, "of type number", count);
  if (!(count >= 0)) throw nodeError(RangeError, "ERR_OUT_OF_RANGE", `The value of "${name}" is out of range. It must be >= 0. Received ${count}`);
}

/** @param {any} Emitter @param {Kit} kit */
export function createStatics(Emitter, kit) {
  /** Limits of event targets that have one. @type {WeakMap<object, number>} */
  const limits = new WeakMap();
  /** @param {any} emitter @param {string} name @param {Function} listener */
  const remove = (emitter, name, listener) => void (emitter.removeListener?.(name, listener) ?? emitter.removeEventListener?.(name, listener));

  return {
    /** @param {AbortSignal} signal @param {(event?: Event) => void} listener */
    addAbortListener(signal, listener) {
      if (typeof signal !== "object" || signal === null || !("aborted" in signal)) throw invalidArgument("signal", "an instance of AbortSignal", signal);
      if (typeof listener !== "function") throw invalidArgument("listener", "of type function", listener);
      if (signal.aborted) queueMicrotask(() => listener());
      else signal.addEventListener("abort", listener, { once: true });
      return { __proto__: null, [Symbol.dispose]: () => signal.removeEventListener("abort", listener) };
    },
    /** @param {any} emitter @param {string} name @param {{ signal?: AbortSignal }} [options] */
    async once(emitter, name, options) {
      const signal = options?.signal;
      requireSignal(signal);
      if (signal?.aborted) throw abortError(signal.reason);
      if (typeof emitter?.on !== "function" && !isTarget(emitter)) throw invalidArgument("emitter", "an instance of EventEmitter", emitter);
      return new Promise((resolve, reject) => {
        const settle = (/** @type {() => void} */ then) => {
          remove(emitter, name, heard);
          if (name !== "error") remove(emitter, "error", failed);
          signal?.removeEventListener("abort", aborted);
          then();
        };
        const heard = (/** @type {unknown[]} */ ...args) => settle(() => resolve(args));
        const failed = (/** @type {unknown} */ error) => settle(() => reject(error));
        const aborted = () => settle(() => reject(abortError(signal?.reason)));
        if (typeof emitter.on !== "function") emitter.addEventListener(name, heard, { once: true });
        else {
          emitter.once(name, heard);
          if (name !== "error") emitter.once("error", failed);
        }
        signal?.addEventListener("abort", aborted, { once: true });
      });
    },
    on: (/** @type {any} */ emitter, /** @type {string} */ name, /** @type {any} */ options) => on(emitter, name, options),
    /** @param {any} emitter @param {string} name */
    getEventListeners(emitter, name) {
      if (typeof emitter?.listeners === "function") return emitter.listeners(name);
      if (isTarget(emitter)) return kit.builtin("internal/eventTarget").listenersOf(emitter, name);
      throw invalidArgument("emitter", EITHER, emitter);
    },
    /** @param {any} emitter */
    getMaxListeners(emitter) {
      if (typeof emitter?.getMaxListeners === "function") return emitter.getMaxListeners();
      if (isTarget(emitter)) return limits.get(emitter) ?? Emitter.defaultMaxListeners;
      throw invalidArgument("emitter", EITHER, emitter);
    },
    /** @param {any} emitter @param {string} name */
    listenerCount(emitter, name) {
      if (typeof emitter?.listenerCount === "function") return emitter.listenerCount(name);
      if (isTarget(emitter)) return kit.builtin("internal/eventTarget").listenersOf(emitter, name).length;
      throw invalidArgument("emitter", EITHER, emitter);
    },
    /** @param {any} count @param {any[]} emitters */
    setMaxListeners(count = Emitter.defaultMaxListeners, ...emitters) {
      requireCount("setMaxListeners", count);
      if (emitters.length === 0) Emitter.defaultMaxListeners = count;
      for (const emitter of emitters) {
        if (typeof emitter?.setMaxListeners === "function") emitter.setMaxListeners(count);
        else if (isTarget(emitter)) limits.set(emitter, count);
        else throw invalidArgument("eventTargets", EITHER, emitter);
      }
    },
  };
}
