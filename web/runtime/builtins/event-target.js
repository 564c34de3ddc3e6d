// Chunk "eventTarget": the globals Event, CustomEvent, EventTarget, AbortController and AbortSignal, as Node has them.

/** @import { Kit } from "../kit.js" */

import { invalidArgument, nodeError } from "../errors.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** @param {number} count of the arguments given @param {string[]} names */
function requireArguments(count, ...names) {
  if (count >= names.length) return;
  const list = names.map((name) => `"${name}"`).join(" and ");
  throw nodeError(TypeError, "ERR_MISSING_ARGS", `The ${list} argument${names.length > 1 ? "s" : ""} must be specified`);
}

/** Shown like an object of the class's name with these properties. @param {object} value @param {object} shown @param {number | null} depth @param {any} options @param {Function} inspect */
function show(value, shown, depth, options, inspect) {
  const name = value.constructor.name;
  if (typeof depth === "number" && depth < 0) return name;
  return `${name} ${inspect(shown, { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth })}`;
}

/**
 * @typedef {(event: Event) => unknown} Callback
 * @typedef {{ callback: Callback | { handleEvent: Callback }, capture: boolean, once: boolean, passive: boolean }} Listener
 * @typedef {{ target: object | null, dispatching: boolean, stopped: boolean }} EventState
 */

/** @param {Kit} kit */
export default function eventTarget(kit) {
  const { loop } = kit;
  const DOMError = globalThis.DOMException;

  /** @type {WeakMap<object, EventState>} */
  const states = new WeakMap();
  /** @param {object} event */
  const stateOf = (event) => /** @type {EventState} */ (states.get(event));

  class Event {
    #type;
    #bubbles;
    #cancelable;
    #composed;
    #canceled = false;
    #propagates = true;
    #timeStamp = loop.now();

    /** @param {string} type @param {{ bubbles?: boolean, cancelable?: boolean, composed?: boolean }} [options] */
    constructor(type, options = undefined) {
      requireArguments(arguments.length, "type");
      if (options !== undefined && options !== null && typeof options !== "object" && typeof options !== "function") throw invalidArgument("options", "of type object", options);
      this.#type = `${type}`;
      this.#bubbles = Boolean(options?.bubbles);
      this.#cancelable = Boolean(options?.cancelable);
      this.#composed = Boolean(options?.composed);
      states.set(this, { target: null, dispatching: false, stopped: false });
    }
    stopImmediatePropagation() {
      this.#propagates = false;
      stateOf(this).stopped = true;
    }
    preventDefault() {
      if (this.#cancelable) this.#canceled = true;
    }
    get target() {
      return stateOf(this).target;
    }
    get currentTarget() {
      const { dispatching, target } = stateOf(this);
      return dispatching ? target : null;
    }
    get srcElement() {
      return stateOf(this).target;
    }
    get type() {
      return this.#type;
    }
    get cancelable() {
      return this.#cancelable;
    }
    get defaultPrevented() {
      return this.#cancelable && this.#canceled;
    }
    get timeStamp() {
      return this.#timeStamp;
    }
    composedPath() {
      const { dispatching, target } = stateOf(this);
      return dispatching ? [target] : [];
    }
    get returnValue() {
      return !this.#cancelable || !this.#canceled;
    }
    get bubbles() {
      return this.#bubbles;
    }
    get composed() {
      return this.#composed;
    }
    get eventPhase() {
      return stateOf(this).dispatching ? Event.AT_TARGET : Event.NONE;
    }
    get cancelBubble() {
      return !this.#propagates;
    }
    set cancelBubble(stop) {
      if (stop) this.#propagates = false;
    }
    stopPropagation() {
      this.#propagates = false;
    }
    get isTrusted() {
      return false;
    }
    /** @param {number | null} depth @param {any} options @param {Function} inspect */
    [inspectCustom](depth, options, inspect) {
      const { type, defaultPrevented, cancelable, timeStamp } = this;
      return show(this, { type, defaultPrevented, cancelable, timeStamp }, depth, options, inspect);
    }
    static NONE = 0;
    static CAPTURING_PHASE = 1;
    static AT_TARGET = 2;
    static BUBBLING_PHASE = 3;
  }

  class CustomEvent extends Event {
    #detail;
    /** @param {string} type @param {{ bubbles?: boolean, cancelable?: boolean, composed?: boolean, detail?: unknown }} [options] */
    constructor(type, options = undefined) {
      requireArguments(arguments.length, "type");
      super(type, options);
      this.#detail = options?.detail ?? null;
    }
    get detail() {
      return this.#detail;
    }
  }

  /** @type {(target: EventTarget, type: string) => unknown[]} */
  let listenersOf;

  class EventTarget {
    /** @type {Map<string, Listener[]>} */
    #listeners = new Map();

    static {
      listenersOf = (target, type) => (target.#listeners.get(`${type}`) ?? []).map(({ callback }) => callback);
    }

    /** @param {string} type @param {any} listener @param {boolean | { capture?: boolean, once?: boolean, passive?: boolean, signal?: AbortSignal }} [options] */
    addEventListener(type, listener, options = {}) {
      requireArguments(arguments.length, "type", "listener");
      const { capture = false, once = false, passive = false, signal = undefined } = typeof options === "boolean" ? { capture: options } : options ?? {};
      if (listener === null || listener === undefined) {
        const message = `addEventListener called with ${listener} which has no effect.`;
        return kit.process.emitWarning(Object.assign(new Error(message), { name: "AddEventListenerArgumentTypeWarning", target: this, type }));
      }
      if (typeof listener !== "function" && typeof listener !== "object") throw invalidArgument("listener", "an instance of EventListener", listener);
      if (signal?.aborted) return;
      const list = this.#listeners.get(`${type}`) ?? [];
      if (list.some((other) => other.callback === listener && other.capture === Boolean(capture))) return;
      this.#listeners.set(`${type}`, [...list, { callback: listener, capture: Boolean(capture), once: Boolean(once), passive: Boolean(passive) }]);
      /** @type {any} */ (signal)?.addEventListener("abort", () => this.removeEventListener(type, listener, options), { once: true });
    }

    /** @param {string} type @param {any} listener @param {boolean | { capture?: boolean }} [options] */
    removeEventListener(type, listener, options = {}) {
      requireArguments(arguments.length, "type", "listener");
      const capture = Boolean(typeof options === "boolean" ? options : options?.capture);
      const list = this.#listeners.get(`${type}`) ?? [];
      this.#listeners.set(`${type}`, list.filter((other) => other.callback !== listener || other.capture !== capture));
    }

    /** @param {Event} event */
    dispatchEvent(event) {
      requireArguments(arguments.length, "event");
      if (!(event instanceof Event)) throw invalidArgument("event", "an instance of Event", event);
      const state = stateOf(event);
      if (state.dispatching) throw nodeError(Error, "ERR_EVENT_RECURSION", `The event "${event.type}" is already being dispatched`);
      state.target = this;
      state.dispatching = true;
      for (const listener of this.#listeners.get(event.type) ?? []) {
        if (!this.#listeners.get(event.type)?.includes(listener)) continue;
        if (listener.once) this.removeEventListener(event.type, listener.callback, listener);
        this.#call(listener, event);
        if (state.stopped) break;
      }
      state.dispatching = false;
      return !event.defaultPrevented;
    }

    /** What a listener throws, or rejects with, is an uncaught error. @param {Listener} listener @param {Event} event */
    #call({ callback }, event) {
      const fail = (/** @type {unknown} */ error) => loop.nextTick(() => {
        throw error;
      });
      try {
        const result = /** @type {any} */ (typeof callback === "function" ? Reflect.apply(callback, this, [event]) : callback.handleEvent(/** @type {any} */ (event)));
        if (typeof result?.then === "function") result.then(undefined, fail);
      } catch (error) {
        if (kit.isStop(error)) throw error;
        fail(error);
      }
    }

    /** @param {number | null} depth @param {any} options @param {Function} inspect */
    [inspectCustom](depth, options, inspect) {
      return show(this, {}, depth, options, inspect);
    }
  }

  const ILLEGAL = {};
  /** @type {(signal: AbortSignal, reason?: unknown) => void} */
  let abort;

  class AbortSignal extends EventTarget {
    #aborted = false;
    /** @type {unknown} */
    #reason = undefined;
    /** @type {((event: Event) => unknown) | null} */
    #onabort = null;

    static {
      abort = (signal, reason = new DOMError("This operation was aborted", "AbortError")) => {
        if (signal.#aborted) return;
        signal.#aborted = true;
        signal.#reason = reason;
        signal.dispatchEvent(/** @type {any} */ (new Event("abort")));
      };
    }

    /** @param {unknown} [key] */
    constructor(key = undefined) {
      if (key !== ILLEGAL) throw nodeError(TypeError, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
      super();
    }
    get aborted() {
      return this.#aborted;
    }
    get reason() {
      return this.#reason;
    }
    get onabort() {
      return this.#onabort;
    }
    set onabort(handler) {
      if (this.#onabort) this.removeEventListener("abort", this.#onabort);
      this.#onabort = typeof handler === "function" ? handler : null;
      if (this.#onabort) this.addEventListener("abort", this.#onabort);
    }
    throwIfAborted() {
      if (this.#aborted) throw this.#reason;
    }
    /** @param {number | null} depth @param {any} options @param {Function} inspect */
    [inspectCustom](depth, options, inspect) {
      return show(this, { aborted: this.#aborted }, depth, options, inspect);
    }
    /** @param {unknown} [reason] */
    static abort(reason = undefined) {
      const signal = new AbortSignal(ILLEGAL);
      abort(signal, reason);
      return signal;
    }
    /** @param {number} delay */
    static timeout(delay) {
      const signal = new AbortSignal(ILLEGAL);
      loop.globals.setTimeout(() => abort(signal, new DOMError("The operation was aborted due to timeout", "TimeoutError")), delay).unref();
      return signal;
    }
    /** @param {Iterable<AbortSignal>} signals */
    static any(signals) {
      const combined = new AbortSignal(ILLEGAL);
      for (const signal of signals) {
        if (signal.aborted) {
          abort(combined, signal.reason);
          break;
        }
        signal.addEventListener("abort", () => abort(combined, signal.reason), { once: true });
      }
      return combined;
    }
  }

  class AbortController {
    #signal = new AbortSignal(ILLEGAL);
    get signal() {
      return this.#signal;
    }
    /** @param {unknown} [reason] */
    abort(reason = undefined) {
      abort(this.#signal, reason);
    }
    /** @param {number | null} depth @param {any} options @param {Function} inspect */
    [inspectCustom](depth, options, inspect) {
      return show(this, { signal: this.#signal }, depth, options, inspect);
    }
  }

  const classes = { Event, CustomEvent, EventTarget, AbortSignal, AbortController };
  for (const [name, Class] of Object.entries(classes)) {
    Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
  }
  return { ...classes, listenersOf };
}
