// Chunk "events": node:events.

import EventEmitter from "events";

export default function events() {
  const exports = /** @type {any} */ (EventEmitter);
  exports.errorMonitor ??= Symbol("events.errorMonitor");
  exports.getEventListeners ??= (/** @type {EventEmitter} */ emitter, /** @type {string} */ name) => emitter.listeners(name);
  exports.on ??= on;
  return exports;
}

/**
 * `events.on(emitter, name)`: every event's arguments, in order, until the emitter reports an error.
 * @param {EventEmitter} emitter
 * @param {string} name
 */
function on(emitter, name) {
  /** @type {unknown[][]} */
  const waiting = [];
  /** @type {{ resolve: (result: IteratorResult<unknown[]>) => void, reject: (error: unknown) => void }[]} */
  const asked = [];
  /** @type {{ error: unknown } | null} */
  let failure = null;
  let done = false;

  /** @param {unknown[]} args */
  const take = (...args) => {
    const next = asked.shift();
    if (next) next.resolve({ value: args, done: false });
    else waiting.push(args);
  };
  /** @param {unknown} error */
  const fail = (error) => {
    const next = asked.shift();
    if (next) next.reject(error);
    else failure = { error };
    close();
  };
  const close = () => {
    done = true;
    emitter.removeListener(name, take);
    emitter.removeListener("error", fail);
    for (const { resolve } of asked.splice(0)) resolve({ value: undefined, done: true });
  };
  emitter.on(name, take);
  if (name !== "error") emitter.on("error", fail);

  return {
    /** @returns {Promise<IteratorResult<unknown[]>>} */
    next() {
      const value = waiting.shift();
      if (value) return Promise.resolve({ value, done: false });
      if (failure) {
        const { error } = failure;
        failure = null;
        return Promise.reject(error);
      }
      if (done) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => void asked.push({ resolve, reject }));
    },
    return() {
      close();
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
