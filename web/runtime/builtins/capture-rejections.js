// EventEmitter's option `captureRejections`: what an async listener rejects with becomes an event "error".

import { propertyError } from "./events-on.js";

export const rejection = Symbol.for("nodejs.rejection");
const wrapped = Symbol("captures rejections");

/**
 * Wraps the listeners of an emitter that captures as they are called; the lists that a program sees stay as they are.
 * @param {any} Emitter whose `init` gives each emitter a `Symbol(kCapture)`
 * @param {(callback: () => void) => void} nextTick
 */
export function captureRejections(Emitter, nextTick) {
  let always = false;
  const { init } = Emitter;
  /** @this {any} @param {{ captureRejections?: boolean }} [options] */
  Emitter.init = function initialise(options) {
    Reflect.apply(init, this, []);
    const asked = options?.captureRejections;
    if (asked !== undefined && typeof asked !== "boolean") throw propertyError("options.captureRejections", "of type boolean", asked);
    const key = Object.getOwnPropertySymbols(this).find((symbol) => symbol.description === "kCapture");
    if (key !== undefined) this[key] = asked ?? always;
    if (asked ?? always) Object.defineProperty(this, wrapped, { value: true, configurable: true });
  };

  const { emit } = Emitter.prototype;
  /** @this {any} @param {string | symbol} name @param {unknown[]} args */
  Emitter.prototype.emit = function emitCapturing(name, ...args) {
    if (!this[wrapped] || name === "error") return Reflect.apply(emit, this, [name, ...args]);
    const listeners = this.rawListeners(name);
    for (const listener of listeners) {
      const result = Reflect.apply(listener, this, args);
      if (typeof result?.then === "function") result.then(undefined, (/** @type {unknown} */ error) => nextTick(() => give(this, error, name, args)));
    }
    return listeners.length > 0;
  };
  Object.defineProperty(Emitter.prototype.emit, "name", { value: "emit" });

  Object.defineProperty(Emitter, "captureRejections", {
    get: () => always,
    set(value) {
      if (typeof value !== "boolean") throw propertyError("EventEmitter.captureRejections", "of type boolean", value);
      always = value;
    },
    enumerable: true,
    configurable: true,
  });
  return { init: Emitter.init };
}

/** @param {any} emitter @param {unknown} error @param {string | symbol} name @param {unknown[]} args */
function give(emitter, error, name, args) {
  if (typeof emitter[rejection] === "function") return emitter[rejection](error, name, ...args);
  // A listener of "error" that rejects too does not come here again.
  return emitter.emit("error", error);
}
