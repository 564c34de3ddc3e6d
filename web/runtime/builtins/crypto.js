// Chunk "crypto": of node:crypto the digests, and random values that are the same in each run.

/** @import { Kit } from "../kit.js" */

import { hmac } from "@noble/hashes/hmac.js";
import { md5, ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { invalidArgument, nodeError, unsupported } from "../errors.js";

const HASHES = /** @type {Record<string, typeof sha256>} */ (/** @type {unknown} */ ({ md5, ripemd160, sha1, sha224, sha256, sha384, sha512 }));

/** What needs more than digests. */
const LACKING = (
  "createCipheriv createDecipheriv createDiffieHellman createDiffieHellmanGroup createECDH createPrivateKey createPublicKey createSecretKey createSign " +
  "createVerify diffieHellman generateKey generateKeySync generateKeyPair generateKeyPairSync generatePrime generatePrimeSync getCiphers getCurves hkdf hkdfSync " +
  "privateDecrypt privateEncrypt publicDecrypt publicEncrypt scrypt scryptSync sign verify"
).split(" ");

const { random } = Math;

/** @param {Kit} kit */
export default function crypto(kit) {
  const { Buffer } = kit.builtin("buffer");

  /** @param {any} data @param {string} [encoding] */
  function bytes(data, encoding) {
    if (typeof data === "string") return Buffer.from(data, encoding === "buffer" ? "utf8" : encoding);
    if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    throw invalidArgument("data", "of type string or an instance of Buffer, TypedArray, or DataView", data);
  }

  /** @param {unknown} name */
  function hashOf(name) {
    if (typeof name !== "string") throw invalidArgument("algorithm", "of type string", name);
    const key = name.toLowerCase().replace(/^(?:rsa-)?(sha|ripemd)-?/, "$1");
    if (Object.hasOwn(HASHES, key)) return HASHES[key];
    if (/^(sha3-|sha512-|shake|blake2|sm3|md5-sha1)/i.test(name)) throw unsupported(`crypto's ${name}`);
    throw new Error("Digest method not supported");
  }

  /** @param {Uint8Array} digest @param {string} [encoding] */
  const encoded = (digest, encoding) => (encoding === undefined || encoding === "buffer" ? Buffer.from(digest) : Buffer.from(digest).toString(encoding));

  class Digest {
    #state;
    #done = false;
    /** @param {any} state */
    constructor(state) {
      this.#state = state;
    }
    /** @param {any} data @param {string} [encoding] */
    update(data, encoding) {
      if (this.#done) throw nodeError(Error, "ERR_CRYPTO_HASH_FINALIZED", "Digest already called");
      this.#state.update(bytes(data, encoding));
      return this;
    }
    /** @param {string} [encoding] */
    digest(encoding) {
      if (this.#done) throw nodeError(Error, "ERR_CRYPTO_HASH_FINALIZED", "Digest already called");
      this.#done = true;
      return encoded(this.#state.digest(), encoding);
    }
    copy() {
      if (this.#done) throw nodeError(Error, "ERR_CRYPTO_HASH_FINALIZED", "Digest already called");
      return new Hash(this.#state.clone());
    }
  }
  class Hash extends Digest {}
  class Hmac extends Digest {}

  /** @param {number} size */
  function randomBytesNow(size) {
    if (typeof size !== "number") throw invalidArgument("size", "of type number", size);
    return Buffer.from(Array.from({ length: size }, () => Math.trunc(random() * 256)));
  }

  /** @template T @param {T} value @param {unknown} callback (error, value) */
  function give(value, callback) {
    if (callback === undefined) return value;
    if (typeof callback !== "function") throw invalidArgument("callback", "of type function", callback);
    kit.loop.globals.setImmediate(() => callback(null, value));
    return undefined;
  }

  /** @param {any} view */
  function getRandomValues(view) {
    const target = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    target.set(randomBytesNow(target.length));
    return view;
  }

  function randomUUID() {
    const random = randomBytesNow(16);
    random[6] = (random[6] & 0x0f) | 0x40;
    random[8] = (random[8] & 0x3f) | 0x80;
    return random.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /** @param {number} low @param {any} [high] @param {any} [callback] */
  function randomInt(low, high, callback) {
    if (high === undefined || typeof high === "function") [low, high, callback] = [0, low, high];
    for (const [name, value] of Object.entries({ min: low, max: high })) {
      if (!Number.isSafeInteger(value)) throw invalidArgument(name, "a safe integer", value);
    }
    if (high <= low) {
      throw nodeError(RangeError, "ERR_OUT_OF_RANGE", `The value of "max" is out of range. It must be greater than the value of "min" (${low}). Received ${high}`);
    }
    return give(low + Math.floor(random() * (high - low)), callback);
  }

  /** @param {any} password @param {any} salt @param {number} iterations @param {number} length @param {string} digest */
  const derive = (password, salt, iterations, length, digest) =>
    Buffer.from(pbkdf2(hashOf(digest), bytes(password), bytes(salt), { c: iterations, dkLen: length }));

  class Crypto {
    /** @param {any} view */
    getRandomValues(view) {
      return getRandomValues(view);
    }
    randomUUID() {
      return randomUUID();
    }
    get subtle() {
      return { digest };
    }
  }
  /** @param {string | { name: string }} algorithm @param {any} data */
  async function digest(algorithm, data) {
    const name = typeof algorithm === "object" ? algorithm.name : algorithm;
    const hashed = hashOf(name)(data instanceof ArrayBuffer ? new Uint8Array(data) : bytes(data));
    return Uint8Array.from(hashed).buffer;
  }
  const webcrypto = new Crypto();

  const exports = {
    /** @param {string} algorithm */
    createHash: (algorithm) => new Hash(hashOf(algorithm).create()),
    /** @param {string} algorithm @param {any} key */
    createHmac: (algorithm, key) => new Hmac(hmac.create(hashOf(algorithm), bytes(key))),
    /** @param {string} algorithm @param {any} data @param {string} [encoding] */
    hash: (algorithm, data, encoding = "hex") => encoded(hashOf(algorithm)(bytes(data)), encoding),
    getHashes: () => Object.keys(HASHES),
    pbkdf2Sync: derive,
    /** @param {any} password @param {any} salt @param {number} iterations @param {number} length @param {string} digest @param {Function} callback */
    pbkdf2: (password, salt, iterations, length, digest, callback) => give(derive(password, salt, iterations, length, digest), callback),
    /** @param {number} size @param {Function} [callback] */
    randomBytes: (size, callback) => give(randomBytesNow(size), callback),
    randomFillSync: getRandomValues,
    /** @param {any} view @param {Function} callback */
    randomFill: (view, callback) => give(getRandomValues(view), callback),
    randomInt,
    randomUUID,
    getRandomValues,
    /** @param {any} a @param {any} b */
    timingSafeEqual(a, b) {
      const [one, other] = [bytes(a), bytes(b)];
      if (one.length !== other.length) throw nodeError(RangeError, "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH", "Input buffers must have the same byte length");
      return one.equals(other);
    },
    Hash,
    Hmac,
    webcrypto,
    subtle: webcrypto.subtle,
    constants: {},
  };
  for (const name of LACKING) {
    Object.assign(exports, {
      [name]() {
        throw unsupported(`crypto.${name}`);
      },
    });
  }
  return exports;
}
