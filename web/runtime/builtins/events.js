// Chunk "events": node:events.

import Emitter from "events";
import { invalidArgument, nodeError } from "../errors.js";
import { captureRejections, rejection } from "./capture-rejections.js";
import { createStatics, requireCount } from "./event-statics.js";

const MAX_LISTENERS = "defaultMaxListeners";

/** @param {import("../kit.js").Kit} kit */
export default function events(kit) {
  const errorMonitor = Symbol("events.errorMonitor");
  speakAsNode(Emitter, errorMonitor, kit.printer.inspect);
  const { init } = captureRejections(Emitter, kit.loop.nextTick);

  /** The package's constructor, whose options it would not take. @this {any} @param {object} [options] */
  function EventEmitter(options) {
    Reflect.apply(init, this, [options]);
  }
  const { prototype } = Emitter;
  EventEmitter.prototype = prototype;
  Object.defineProperty(prototype, "constructor", { value: EventEmitter, writable: true, configurable: true, enumerable: true });
  // `process` is one, to `instanceof`.
  Object.setPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf(kit.process)), prototype);

  const { setMaxListeners, ...statics } = createStatics(Emitter, kit);
  Object.assign(EventEmitter, statics, { EventEmitter, usingDomains: false, captureRejectionSymbol: rejection });
  Object.defineProperty(EventEmitter, "captureRejections", /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(Emitter, "captureRejections")));
  Object.assign(EventEmitter, { errorMonitor });
  Object.defineProperty(EventEmitter, MAX_LISTENERS, {
    get: () => Emitter.defaultMaxListeners,
    set(count) {
      requireCount(MAX_LISTENERS, count);
      Emitter.defaultMaxListeners = count;
    },
    enumerable: true,
  });
  return Object.assign(EventEmitter, { setMaxListeners, init });
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
      requireCount("setMaxListeners", count);
      return Reflect.apply(setMaxListeners, this, [count]);
    },
  });
}
