// Chunk "events": node:events.

import EventEmitter from "events";
import { invalidArgument, nodeError } from "../errors.js";

/** @param {import("../kit.js").Kit} kit */
export default function events(kit) {
  const exports = /** @type {any} */ (EventEmitter);
  const errorMonitor = Symbol("events.errorMonitor");
  speakAsNode(exports, errorMonitor, kit.printer.inspect);
  // `process` is one, to `instanceof`.
  Object.setPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf(kit.process)), EventEmitter.prototype);
  return Object.assign(exports, {
    errorMonitor,
    on,
    captureRejectionSymbol: Symbol.for("nodejs.rejection"),
    captureRejections: false,
    usingDomains: false,
    /** @param {any} emitter @param {string} name */
    getEventListeners: (emitter, name) => emitter.listeners(name),
    /** @param {any} emitter */
    getMaxListeners: (emitter) => emitter.getMaxListeners(),
    /** @param {number} count @param {any[]} emitters */
    setMaxListeners(count = 10, ...emitters) {
      if (emitters.length === 0) EventEmitter.defaultMaxListeners = count;
      for (const emitter of emitters) emitter.setMaxListeners?.(count);
    },
    /** @param {AbortSignal} signal @param {() => void} listener */
    addAbortListener(signal, listener) {
      if (signal.aborted) kit.loop.nextTick(listener);
      else signal.addEventListener("abort", listener, { once: true });
      return { [Symbol.dispose]: () => signal.removeEventListener("abort", listener) };
    },
  });
}

/**
 * Node's errors and properties, where npm events has others.
 * @param {any} Emitter
 * @param {symbol} errorMonitor
 * @param {(value: unknown) => string} inspect
 */
function speakAsNode(Emitter, errorMonitor, inspect) {
  const { prototype } = Emitter;
  const { emit } = prototype;
  const init = Emitter.init;
  const [shapeMode, capture] = [Symbol("shapeMode"), Symbol("kCapture")];

  /** @this {any} @param {unknown[]} args */
  Emitter.init = function initialise(...args) {
    Reflect.apply(init, this, args);
    this[shapeMode] = false;
    this[capture] = false;
  };
  // npm events' constructor calls its own `init` by this name.
  for (const method of ["on", "addListener", "once", "prependListener", "prependOnceListener"]) {
    const own = prototype[method];
    const { [method]: checked } = {
      /** @this {unknown} @param {unknown} name @param {unknown} listener */
      [method](name, listener) {
        if (typeof listener !== "function") throw invalidArgument("listener", "of type function", listener);
        return Reflect.apply(own, this, [name, listener]);
      },
    };
    prototype[method] = checked;
  }
  const { setMaxListeners } = prototype;
  Object.assign(prototype, {
    /** @this {any} @param {string | symbol} name @param {unknown[]} args */
    emit(name, ...args) {
      if (name === "error" && this._events !== undefined) {
        if (this.listenerCount(errorMonitor) > 0) Reflect.apply(emit, this, [errorMonitor, ...args]);
        const [error] = args;
        if (this.listenerCount("error") === 0 && !(error instanceof Error)) {
          const message = `Unhandled error. (${typeof error === "string" ? `'${error}'` : inspect(error)})`;
          throw Object.assign(nodeError(Error, "ERR_UNHANDLED_ERROR", message), { context: error });
        }
      }
      return Reflect.apply(emit, this, [name, ...args]);
    },
    /** @this {any} @param {any} count */
    setMaxListeners(count) {
      if (typeof count !== "number") throw invalidArgument("setMaxListeners", "of type number", count);
      if (!(count >= 0)) throw nodeError(RangeError, "ERR_OUT_OF_RANGE", `The value of "setMaxListeners" is out of range. It must be >= 0. Received ${count}`);
      return Reflect.apply(setMaxListeners, this, [count]);
    },
  });
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
