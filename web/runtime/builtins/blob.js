// The classes Blob and File of node:buffer, over bytes in memory.

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** Bytes that a blob's stream gives at most at a time. */
const CHUNK = 65_536;

/** @param {typeof import("buffer/index.js").Buffer} Buffer @param {() => any} webStreams gives node:stream/web */
export function createBlobs(Buffer, webStreams) {
  class Blob {
    #bytes;
    #type;
    /** Each part is a chunk of its own of the stream. @type {Uint8Array[]} */
    #parts;
    /** @param {Iterable<any>} [parts] @param {{ type?: string }} [options] */
    constructor(parts = [], options = {}) {
      this.#parts = Array.from(parts, bytesOf);
      this.#bytes = Buffer.concat(this.#parts);
      const type = `${options?.type ?? ""}`;
      this.#type = /[^ -~]/.test(type) ? "" : type.toLowerCase();
    }
    get size() {
      return this.#bytes.length;
    }
    get type() {
      return this.#type;
    }
    async arrayBuffer() {
      return Uint8Array.from(this.#bytes).buffer;
    }
    async bytes() {
      return Uint8Array.from(this.#bytes);
    }
    async text() {
      return this.#bytes.toString();
    }
    stream() {
      const chunks = this.#parts.flatMap((part) => Array.from({ length: Math.ceil(part.length / CHUNK) }, (_, index) => part.subarray(index * CHUNK, (index + 1) * CHUNK)));
      return new (webStreams().ReadableStream)({
        type: "bytes",
        /** @param {any} controller */
        pull(controller) {
          const chunk = chunks.shift();
          if (chunk) controller.enqueue(Uint8Array.from(chunk));
          if (chunks.length > 0) return;
          controller.close();
          controller.byobRequest?.respond(0);
        },
      });
    }
    /** @param {number} [start] @param {number} [end] @param {string} [type] */
    slice(start, end, type = "") {
      return new Blob([this.#bytes.subarray(start, end)], { type });
    }
    /** @param {any} part */
    static bytes(part) {
      return part.#bytes;
    }
    /** @param {any} value */
    static is(value) {
      return typeof value === "object" && value !== null && #bytes in value;
    }
    /** @param {number | null} depth @param {object} options @param {Function} inspect */
    [inspectCustom](depth, options, inspect) {
      if (typeof depth === "number" && depth < 0) return this;
      return `Blob ${inspect({ size: this.size, type: this.type }, options)}`;
    }
  }
  const { bytes, is } = Blob;
  delete (/** @type {any} */ (Blob).bytes);
  delete (/** @type {any} */ (Blob).is);

  /** @param {any} part */
  function bytesOf(part) {
    if (is(part)) return bytes(part);
    if (part instanceof ArrayBuffer) return Buffer.from(part);
    if (ArrayBuffer.isView(part)) return Buffer.from(/** @type {ArrayBuffer} */ (part.buffer), part.byteOffset, part.byteLength);
    return Buffer.from(`${part}`);
  }

  class File extends Blob {
    #name;
    #lastModified;
    /** @param {Iterable<any>} parts @param {string} name @param {{ type?: string, lastModified?: number }} [options] */
    constructor(parts, name, options = {}) {
      super(parts, options);
      this.#name = `${name}`;
      this.#lastModified = Number(options?.lastModified ?? Date.now());
    }
    get name() {
      return this.#name;
    }
    get lastModified() {
      return this.#lastModified;
    }
    /** @param {number | null} depth @param {object} options @param {Function} inspect */
    [inspectCustom](depth, options, inspect) {
      if (typeof depth === "number" && depth < 0) return this;
      const { size, type, name, lastModified } = this;
      return `File ${inspect({ size, type, name, lastModified }, options)}`;
    }
  }

  for (const Class of [Blob, File]) Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
  return { Blob, File };
}
