// Chunk "encoding": the globals TextEncoder and TextDecoder, with what @exodus/bytes has of the Encoding standard:
// all but the multi-byte encodings of East Asia.

import { TextDecoder as Decoder, TextEncoder as Encoder, normalizeEncoding } from "@exodus/bytes/encoding-lite.js";
import { nodeError } from "../errors.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

class TextEncoder {
  #encoder = new Encoder();
  get encoding() {
    return "utf-8";
  }
  encode(text = "") {
    return this.#encoder.encode(`${text}`);
  }
  /** @param {string} text @param {Uint8Array} target */
  encodeInto(text, target) {
    return this.#encoder.encodeInto(text, /** @type {any} */ (target));
  }
  /** @param {number | null} depth @param {object} options @param {(value: unknown, options: object) => string} inspect */
  [inspectCustom](depth, options, inspect) {
    if (typeof depth === "number" && depth < 0) return this;
    return inspect({ encoding: this.encoding }, options);
  }
}

class TextDecoder {
  #decoder;
  /** @param {string} [label] @param {{ fatal?: boolean, ignoreBOM?: boolean }} [options] */
  constructor(label = "utf-8", options = {}) {
    if (normalizeEncoding(`${label}`) === null) {
      throw nodeError(RangeError, "ERR_ENCODING_NOT_SUPPORTED", `The "${label}" encoding is not supported`);
    }
    this.#decoder = new Decoder(`${label}`, options);
  }
  get encoding() {
    return this.#decoder.encoding;
  }
  get fatal() {
    return this.#decoder.fatal;
  }
  get ignoreBOM() {
    return this.#decoder.ignoreBOM;
  }
  /** @param {any} [bytes] @param {{ stream?: boolean }} [options] */
  decode(bytes = new Uint8Array(), options = {}) {
    const isBytes = ArrayBuffer.isView(bytes) || bytes instanceof ArrayBuffer || Object.prototype.toString.call(bytes) === "[object SharedArrayBuffer]";
    if (!isBytes) {
      const message = 'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.';
      throw Object.assign(new TypeError(message), { code: "ERR_INVALID_ARG_TYPE" });
    }
    try {
      return this.#decoder.decode(/** @type {any} */ (bytes), options);
    } catch (error) {
      if (!this.fatal) throw error;
      const message = `The encoded data was not valid for encoding ${this.encoding}`;
      throw Object.assign(new TypeError(message), { code: "ERR_ENCODING_INVALID_ENCODED_DATA" });
    }
  }
  /** @param {number | null} depth @param {object} options @param {(value: unknown, options: object) => string} inspect */
  [inspectCustom](depth, options, inspect) {
    if (typeof depth === "number" && depth < 0) return this;
    const { encoding, fatal, ignoreBOM } = this;
    return `TextDecoder ${inspect({ encoding, fatal, ignoreBOM }, options)}`;
  }
}

for (const Class of [TextEncoder, TextDecoder]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

export default function encoding() {
  return { TextEncoder, TextDecoder };
}
