// Chunk "messageChannel": the globals MessageChannel, MessagePort and MessageEvent, within one program.

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

  class MessagePort extends EventTarget {
    /** @type {MessagePort | null} */
    #other = null;
    /** What came before the port was started. @type {unknown[]} */
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
    }

    /** @param {unknown} message */
    postMessage(message) {
      const copy = clone(message);
      const other = this.#other;
      if (other) other.#take(copy);
    }
    /** @param {unknown} message */
    #take(message) {
      if (this.#started) kit.loop.globals.setImmediate(() => void this.dispatchEvent(new MessageEvent("message", { data: message })));
      else this.#waiting.push(message);
    }
    start() {
      this.#started = true;
      for (const message of this.#waiting.splice(0)) this.#take(message);
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
  return { MessageChannel, MessagePort, MessageEvent };
}
