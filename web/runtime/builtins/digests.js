// Hash and Hmac of node:crypto. They are streams too, as in Node, but only from when a program uses one as a stream:
// until then a digest needs nothing of the chunk "stream".

/** @import { Kit } from "../kit.js" */

import { invalidArgument, nodeError } from "../errors.js";

const [handle, state, finalized] = [Symbol("kHandle"), Symbol("kState"), Symbol("kFinalized")];

/** Whoever asks for one of these uses a stream. */
const STREAM_NAMES = (
  "write cork uncork setDefaultEncoding end destroy writable writableHighWaterMark writableObjectMode writableBuffer writableLength " +
  "writableFinished writableCorked writableEnded writableNeedDrain destroyed push unshift isPaused setEncoding read pipe unpipe on " +
  "addListener removeListener off removeAllListeners resume pause wrap iterator compose readable readableDidRead readableAborted " +
  "readableHighWaterMark readableBuffer readableFlowing readableLength readableObjectMode readableEncoding errored closed readableEnded " +
  "drop filter flatMap map take every forEach reduce toArray some find eventNames setMaxListeners getMaxListeners emit prependListener " +
  "once prependOnceListener listeners rawListeners listenerCount"
).split(" ");

const finished = () => nodeError(Error, "ERR_CRYPTO_HASH_FINALIZED", "Digest already called");

/** @param {Kit} kit */
export function createDigests(kit) {
  const { Buffer } = kit.builtin("buffer");

  /** @param {any} data @param {string} [encoding] @param {string} [name] */
  function bytes(data, encoding, name = "data") {
    if (typeof data === "string") return Buffer.from(data, encoding === "buffer" ? "utf8" : encoding);
    if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    throw invalidArgument(name, "of type string or an instance of Buffer, TypedArray, or DataView", data);
  }

  /** @param {Uint8Array} digest @param {string} [encoding] */
  const encoded = (digest, encoding) => (encoding === undefined || encoding === "buffer" ? Buffer.from(digest) : Buffer.from(digest).toString(encoding));

  class Digest {
    /** @type {any} */
    #hash;
    /** @type {any} */
    _options;
    /** @type {any} */
    [handle];
    /** @type {Record<symbol, boolean>} */
    [state] = { [finalized]: false };

    /** @param {any} hash @param {object} [options] of the stream */
    constructor(hash, options) {
      this.#hash = hash;
      this._options = options;
      this[handle] = new Handles[new.target.name]();
    }
    /** @param {any} data @param {string} [encoding] */
    update(data, encoding) {
      if (this[state][finalized]) throw finished();
      this.#hash.update(bytes(data, encoding));
      return this;
    }
    /** @param {string} [encoding] */
    digest(encoding) {
      if (this[state][finalized]) return this._again(encoding);
      this[state][finalized] = true;
      return encoded(this.#hash.digest(), encoding);
    }
    /** What a second digest gives. @param {string} [_encoding] @returns {any} */
    _again(_encoding) {
      throw finished();
    }
    _clone() {
      if (this[state][finalized]) throw finished();
      return this.#hash.clone();
    }
    /** @param {any} chunk @param {string} encoding @param {() => void} callback */
    _transform(chunk, encoding, callback) {
      this.update(chunk, encoding);
      callback();
    }
    /** @this {any} @param {() => void} callback */
    _flush(callback) {
      this.push(this.digest());
      callback();
    }
  }
  class Hash extends Digest {
    /** @param {object} [options] */
    copy(options) {
      return new Hash(this._clone(), options);
    }
  }
  class Hmac extends Digest {
    /** @param {string} [encoding] */
    _again(encoding) {
      return encoded(new Uint8Array(), encoding);
    }
  }
  // The native halves of the two, of which only the names are seen.
  const Handles = /** @type {Record<string, new () => object>} */ ({ Hash: { Hash: class {} }.Hash, Hmac: { Hmac: class {} }.Hmac });
  becomeStreams(Digest.prototype, () => kit.builtin("stream").Transform);
  return { Hash, Hmac, bytes, encoded };
}

/**
 * Makes a class that has not been a stream a subclass of Transform at the first use of a stream's name, and an object of
 * it a stream when a stream's method first looks at its state.
 * @param {any} prototype
 * @param {() => any} transform
 */
function becomeStreams(prototype, transform) {
  const link = () => {
    for (const name of STREAM_NAMES) delete prototype[name];
    delete prototype[Symbol.asyncIterator];
    Object.setPrototypeOf(prototype, transform().prototype);
  };
  for (const name of [...STREAM_NAMES, Symbol.asyncIterator]) {
    Object.defineProperty(prototype, name, {
      /** @this {any} */
      get() {
        link();
        return this[name];
      },
      /** @this {any} @param {unknown} value */
      set(value) {
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
      configurable: true,
    });
  }
  for (const name of ["_readableState", "_writableState"]) {
    Object.defineProperty(prototype, name, {
      /** @this {any} */
      get() {
        if (Object.hasOwn(prototype, "on")) link();
        Reflect.apply(transform(), this, [this._options]);
        return this[name];
      },
      /** @this {any} @param {unknown} value */
      set(value) {
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
      configurable: true,
    });
  }
}
