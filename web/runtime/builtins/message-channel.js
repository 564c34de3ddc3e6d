// Chunk "messageChannel": the globals MessageChannel, MessagePort and MessageEvent, within one program.

import { nativeError } from "./argument-checks.js";

/** @param {import("../kit.js").Kit} kit */
export default function messageChannel(kit) {
  const { Event, EventTarget } = kit.builtin("internal/eventTarget");
  const clone = globalThis.structuredClone;

  class MessageEvent extends Event {
    #data;
    /** @param {string} type @param {{ data?: unknown }} [options] */
    constructor(type, options = {}) {
      super(type, options);
      this.#data = options.data ?? null;
    }
    get data() {
      return this.#data;
    }
  }

  /** @type {(one: MessagePort, other: MessagePort) => void} */
  let connect;
  /** @type {(port: MessagePort) => { message: unknown } | undefined} */
  let receive;

  class MessagePort extends EventTarget {
    /** @type {MessagePort | null} */
    #other = null;
    /** What has come and is not delivered. @type {unknown[]} */
    #waiting = [];
    #started = false;
    /** @type {((event: MessageEvent) => void) | null} */
    #onmessage = null;
    /** @type {Map<Function, Function>} */
    #handlers = new Map();

    static {
      connect = (one, other) => {
        one.#other = other;
        other.#other = one;
      };
      receive = (port) => (port.#waiting.length > 0 ? { message: port.#waiting.shift() } : undefined);
    }

    /** @param {unknown} message @param {any} [transfer] a list, or options */
    postMessage(message, transfer) {
      const copy = clone(message, Array.isArray(transfer) ? { transfer } : transfer);
      const other = this.#other;
      if (!other) return;
      other.#waiting.push(copy);
      if (other.#started) other.#deliver();
    }
    #deliver() {
      kit.loop.globals.setImmediate(() => {
        const received = receive(this);
        if (received) this.dispatchEvent(new MessageEvent("message", { data: received.message }));
      });
    }
    start() {
      if (this.#started) return;
      this.#started = true;
      for (const _ of this.#waiting) this.#deliver();
    }
    close() {
      const ports = [this, this.#other];
      for (const port of ports) {
        if (!port) continue;
        port.#other = null;
        kit.loop.globals.setImmediate(() => void port.dispatchEvent(new Event("close")));
      }
    }
    ref() {}
    unref() {}
    get onmessage() {
      return this.#onmessage;
    }
    set onmessage(handler) {
      if (this.#onmessage) this.removeEventListener("message", this.#onmessage);
      this.#onmessage = typeof handler === "function" ? handler : null;
      if (!this.#onmessage) return;
      this.addEventListener("message", this.#onmessage);
      this.start();
    }
    /** As an EventEmitter: the listener gets the message itself. @param {string} name @param {Function} listener @param {object} [options] */
    on(name, listener, options) {
      const handler = (/** @type {any} */ event) => listener(event.data);
      this.#handlers.set(listener, handler);
      this.addEventListener(name, handler, options);
      if (name === "message") this.start();
      return this;
    }
    /** @param {string} name @param {Function} listener */
    once(name, listener) {
      return this.on(name, listener, { once: true });
    }
    /** @param {string} name @param {Function} listener */
    off(name, listener) {
      this.removeEventListener(name, this.#handlers.get(listener) ?? listener);
      return this;
    }
  }

  class MessageChannel {
    port1 = new MessagePort();
    port2 = new MessagePort();
    constructor() {
      connect(this.port1, this.port2);
    }
  }
  /** @param {unknown} port */
  function receiveMessageOnPort(port) {
    if (port instanceof MessagePort) return receive(port);
    throw nativeError(TypeError, "ERR_INVALID_ARG_TYPE", 'The "port" argument must be a MessagePort instance');
  }
  return { MessageChannel, MessagePort, MessageEvent, receiveMessageOnPort };
}
