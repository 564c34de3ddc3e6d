// The classes TextEncoderStream and TextDecoderStream: a TransformStream each, around what encodes and decodes.

import { invalidArgument } from "../errors.js";

/**
 * @param {any} TransformStream
 * @param {{ TextEncoder: any, TextDecoder: any }} encoding
 */
export function createTextStreams(TransformStream, { TextEncoder, TextDecoder }) {
  class TextEncoderStream {
    /** The first half of a surrogate pair, which a chunk ended with. */
    #half = "";
    #transform = new TransformStream({
      transform: (/** @type {unknown} */ chunk, /** @type {any} */ controller) => {
        const text = this.#half + chunk;
        this.#half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? "";
        const bytes = new TextEncoder().encode(text.slice(0, text.length - this.#half.length));
        if (bytes.length > 0) controller.enqueue(bytes);
      },
      flush: (/** @type {any} */ controller) => {
        if (this.#half) controller.enqueue(new Uint8Array([0xef, 0xbf, 0xbd]));
      },
    });
    get encoding() {
      return "utf-8";
    }
    get readable() {
      return this.#transform.readable;
    }
    get writable() {
      return this.#transform.writable;
    }
  }

  class TextDecoderStream {
    #decoder;
    #transform;
    /** @param {string} [encoding] @param {{ fatal?: boolean, ignoreBOM?: boolean }} [options] */
    constructor(encoding = "utf-8", options = {}) {
      const decoder = new TextDecoder(encoding, options);
      this.#decoder = decoder;
      this.#transform = new TransformStream({
        transform(/** @type {unknown} */ chunk, /** @type {any} */ controller) {
          if (!isBytes(chunk)) throw invalidArgument("input", "an instance of ArrayBuffer or ArrayBufferView", chunk);
          const text = decoder.decode(chunk, { stream: true });
          if (text) controller.enqueue(text);
        },
        flush(/** @type {any} */ controller) {
          const text = decoder.decode();
          if (text) controller.enqueue(text);
        },
      });
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
    get readable() {
      return this.#transform.readable;
    }
    get writable() {
      return this.#transform.writable;
    }
  }

  for (const { prototype } of [TextEncoderStream, TextDecoderStream]) {
    for (const key of Object.getOwnPropertyNames(prototype)) if (key !== "constructor") Object.defineProperty(prototype, key, { enumerable: true });
  }
  return { TextEncoderStream, TextDecoderStream };
}

/** @param {unknown} chunk */
export const isBytes = (chunk) => ArrayBuffer.isView(chunk) || chunk instanceof ArrayBuffer;
