// Chunk "structuredClone": the global of that name, for engines that lack it. Copies the language's own classes; what
// HTML's algorithm refuses (functions, symbols) it refuses in Node's words.

const DOMError = globalThis.DOMException;
const ERRORS = new Set(["Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"]);

/** The default export of a chunk is called by the runtime. */
export default function structuredCloneModule() {
  /** @param {unknown} value @param {{ transfer?: Iterable<any> } | null} [options] */
  return function structuredClone(value, options) {
    if (arguments.length === 0) throw new TypeError("The \"value\" argument must be specified");
    const transfer = transferable(options?.transfer ?? []);
    const copy = new Cloning().clone(value);
    // Only now: nothing is detached when something can't be cloned.
    for (const buffer of transfer) buffer.transfer(0);
    return copy;
  };
}

/** @param {Iterable<any>} list */
function transferable(list) {
  const buffers = new Set();
  for (const buffer of list) {
    if (!(buffer instanceof ArrayBuffer)) throw new DOMError("Cannot transfer object of unsupported type.", "DataCloneError");
    if (buffers.has(buffer)) throw new DOMError("Transfer list contains duplicate ArrayBuffer", "DataCloneError");
    if (/** @type {any} */ (buffer).detached) throw refused("An ArrayBuffer is detached and");
    buffers.add(buffer);
  }
  return buffers;
}

class Cloning {
  /** @type {Map<object, object>} */
  #copies = new Map();

  /** @param {any} value @returns {any} */
  clone(value) {
    if (typeof value === "function" || typeof value === "symbol") throw refused(String(value));
    if (typeof value !== "object" || value === null) return value;
    const known = this.#copies.get(value);
    if (known) return known;
    const { copy, fill } = this.#begin(value);
    this.#copies.set(value, copy);
    fill();
    return copy;
  }

  /** The copy, empty as yet, so that a cycle finds it, and what fills it. @param {any} value @returns {{ copy: any, fill: () => void }} */
  #begin(value) {
    const nothing = () => {};
    if (Array.isArray(value)) {
      const copy = new Array(value.length);
      return { copy, fill: () => this.#properties(value, copy) };
    }
    if (value instanceof Date) return { copy: new Date(value.getTime()), fill: nothing };
    if (value instanceof RegExp) return { copy: new RegExp(value.source, value.flags), fill: nothing };
    if (value instanceof Map) {
      const copy = new Map();
      return { copy, fill: () => [...value].forEach(([key, item]) => copy.set(this.clone(key), this.clone(item))) };
    }
    if (value instanceof Set) {
      const copy = new Set();
      return { copy, fill: () => [...value].forEach((item) => copy.add(this.clone(item))) };
    }
    if (value instanceof Error) return this.#error(value);
    if (value instanceof ArrayBuffer) return { copy: value.slice(0), fill: nothing };
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteOffset } = value;
      const length = value instanceof DataView ? value.byteLength : /** @type {any} */ (value).length;
      return { copy: new /** @type {any} */ (value.constructor)(this.clone(buffer), byteOffset, length), fill: nothing };
    }
    if (value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof BigInt) return { copy: Object(value.valueOf()), fill: nothing };
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef) {
      throw refused(`#<${value.constructor.name}>`);
    }
    const copy = {};
    return { copy, fill: () => this.#properties(value, copy) };
  }

  /** @param {any} from @param {any} to */
  #properties(from, to) {
    for (const key of Object.keys(from)) to[key] = this.clone(from[key]);
  }

  /** @param {Error} error */
  #error(error) {
    const Constructor = /** @type {any} */ (globalThis)[ERRORS.has(error.name) ? error.name : "Error"];
    const copy = new Constructor(error.message);
    Object.defineProperty(copy, "stack", { value: error.stack, writable: true, configurable: true });
    const fill = () => {
      if (!Object.hasOwn(error, "cause")) return;
      Object.defineProperty(copy, "cause", { value: this.clone(error.cause), writable: true, configurable: true });
    };
    return { copy, fill };
  }
}

/** @param {string} what */
const refused = (what) => new DOMError(`${what} could not be cloned.`, "DataCloneError");
