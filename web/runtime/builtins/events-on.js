// events.on: the events of an emitter as an async iterator. Also what its sister `once` shares with it.

import { defineProperty } from "../define.js";
import { invalidArgument, nodeError } from "../errors.js";

/** @param {string} name @param {string} type @param {unknown} value */
export const propertyError = (name, type, value) => {
  const { message } = invalidArgument(name, type, value);
  return nodeError(TypeError, "ERR_INVALID_ARG_TYPE", message.replace(`"${name}" argument`, `"${name}" property`));
};

/** @param {unknown} signal */
export function requireSignal(signal) {
  if (signal === undefined || (typeof signal === "object" && signal !== null && "aborted" in signal)) return;
  throw propertyError("options.signal", "an instance of AbortSignal", signal);
}

/** @param {unknown} cause */
export function abortError(cause) {
  const error = nodeError(Error, "ABORT_ERR", "The operation was aborted");
  // The one error whose text does not have its code.
  Reflect.deleteProperty(error, "toString");
  defineProperty(error, "cause", { value: cause, writable: true, configurable: true });
  defineProperty(error, "name", { value: "AbortError", writable: true, configurable: true, enumerable: true });
  return error;
}

/**
 * `events.on(emitter, name)`: every event's arguments, in order, until the emitter reports an error.
 * @param {any} emitter an EventTarget too
 * @param {string} name
 * @param {{ signal?: AbortSignal, close?: string[] }} [options]
 */
export function on(emitter, name, options = {}) {
  const { signal } = options;
  requireSignal(signal);
  if (signal?.aborted) throw abortError(signal.reason);
  const isEmitter = typeof emitter?.on === "function";
  if (!isEmitter && typeof emitter?.addEventListener !== "function") throw invalidArgument("emitter", "an instance of EventEmitter", emitter);

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
    signal?.removeEventListener("abort", aborted);
    if (isEmitter) {
      emitter.removeListener(name, take);
      emitter.removeListener("error", fail);
      for (const event of options.close ?? []) emitter.removeListener(event, close);
    } else emitter.removeEventListener(name, take);
    for (const { resolve } of asked.splice(0)) resolve({ value: undefined, done: true });
  };
  const aborted = () => fail(abortError(signal?.reason));
  if (isEmitter) {
    emitter.on(name, take);
    if (name !== "error") emitter.on("error", fail);
    for (const event of options.close ?? []) emitter.on(event, close);
  } else emitter.addEventListener(name, take);
  signal?.addEventListener("abort", aborted, { once: true });

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
    /** @param {unknown} error */
    throw(error) {
      if (!(error instanceof Error)) throw propertyError("EventEmitter.AsyncIterator", "an instance of Error", error);
      fail(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
