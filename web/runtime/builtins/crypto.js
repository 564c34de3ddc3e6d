// Chunk "crypto": of node:crypto the digests, and random values that are the same in each run.

/** @import { Kit } from "../kit.js" */

import { hmac } from "@noble/hashes/hmac.js";
import { md5, ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { invalidArgument, nodeError, unsupported } from "../errors.js";
import { bytesOf, invalidDigest, nativeError } from "./crypto-errors.js";
import { createDigests } from "./digests.js";
import { createSubtle } from "./subtle-crypto.js";

const HASHES = /** @type {Record<string, typeof sha256>} */ (/** @type {unknown} */ ({ md5, ripemd160, sha1, sha224, sha256, sha384, sha512 }));

/** What needs more than digests. */
const LACKING = (
  "createCipheriv createDecipheriv createDiffieHellman createDiffieHellmanGroup createECDH createPrivateKey createPublicKey createSecretKey createSign " +
  "createVerify diffieHellman generateKey generateKeySync generateKeyPair generateKeyPairSync generatePrime generatePrimeSync " +
  "privateDecrypt privateEncrypt publicDecrypt publicEncrypt sign verify"
).split(" ");

/** Digests of Node that are not here. */
const NOT_HERE = new Set(["sm3", "md5-sha1"]);
const MORE_HASHES = /^(sha3-|sha512-|shake|blake2)/;

/** One of OpenSSL's many names of a digest in the one form that our tables have. @param {string} name */
function canonical(name) {
  const plain = name.toLowerCase().replace(/^(?:rsa-|ssl3-|id-rsassa-pkcs1-v1_5-with-)/, "").replace(/withrsa(?:encryption)?$/, "");
  if (/^(?:ripemd|rmd160)$/.test(plain)) return "ripemd160";
  return plain.replace(/^sha-(?=\d)/, "sha").replace(/^sha1-2$/, "sha1").replace("/", "-");
}

const { random } = Math;

/** @param {Kit} kit */
export default function crypto(kit) {
  const { Buffer } = kit.builtin("buffer");

  const { Hash, Hmac, bytes, encoded } = createDigests(kit);

  /** The hash by any of OpenSSL's names; null for what is none. @param {string} name */
  function hashNamed(name) {
    const key = canonical(name);
    if (Object.hasOwn(HASHES, key)) return HASHES[key];
    if (NOT_HERE.has(key)) throw unsupported(`crypto's ${name}`);
    if (!MORE_HASHES.test(key)) return null;
    const more = kit.builtin("internal/moreHashes");
    return Object.hasOwn(more, key) ? more[key] : null;
  }

  /** @param {unknown} name */
  function requireHash(name) {
    if (typeof name !== "string") throw invalidArgument("algorithm", "of type string", name);
    const hash = hashNamed(name);
    if (hash === null) throw new Error("Digest method not supported");
    return hash;
  }

  /** @param {string} algorithm @param {{ outputLength?: number }} [options] */
  function createHash(algorithm, options) {
    const hash = requireHash(algorithm);
    const long = options?.outputLength;
    return new Hash(long !== undefined && /^shake/i.test(algorithm) ? hash.create({ dkLen: long }) : hash.create(), options);
  }

  /** @param {string} algorithm @param {any} key @param {object} [options] */
  function createHmac(algorithm, key, options) {
    if (typeof algorithm !== "string") throw invalidArgument("hmac", "of type string", algorithm);
    const secret = bytesOf(Buffer, "key", key, "of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey");
    const hash = hashNamed(algorithm);
    if (hash === null) throw invalidDigest(algorithm);
    return new Hmac(hmac.create(hash, secret), options);
  }

  /** @param {string} algorithm @param {any} data @param {string} [encoding] */
  function hash(algorithm, data, encoding = "hex") {
    if (typeof algorithm !== "string") throw invalidArgument("algorithm", "of type string", algorithm);
    const input = bytes(data, undefined, "input");
    const hashed = hashNamed(algorithm);
    if (hashed === null) throw new Error(`Digest method ${algorithm} is not supported`);
    return encoded(hashed(input), encoding);
  }

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

  class Crypto {
    /** @param {any} view */
    getRandomValues(view) {
      return getRandomValues(view);
    }
    randomUUID() {
      return randomUUID();
    }
    get subtle() {
      return subtle;
    }
  }
  const subtle = createSubtle(kit, hashNamed);
  const webcrypto = new Crypto();
  const derivation = () => kit.builtin("internal/keyDerivation")(hashNamed);
  const names = () => kit.builtin("internal/cryptoNames");

  /** @param {string} name @param {any} value */
  function compared(name, value) {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return bytesOf(Buffer, name, value);
    throw nativeError(TypeError, "ERR_INVALID_ARG_TYPE", `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  }

  const exports = {
    createHash,
    createHmac,
    hash,
    getHashes: () => names().getHashes(),
    getCiphers: () => names().getCiphers(),
    getCurves: () => names().getCurves(),
    pbkdf2: (/** @type {unknown[]} */ ...args) => derivation().pbkdf2(...args),
    pbkdf2Sync: (/** @type {unknown[]} */ ...args) => derivation().pbkdf2Sync(...args),
    scrypt: (/** @type {unknown[]} */ ...args) => derivation().scrypt(...args),
    scryptSync: (/** @type {unknown[]} */ ...args) => derivation().scryptSync(...args),
    hkdf: (/** @type {unknown[]} */ ...args) => derivation().hkdf(...args),
    hkdfSync: (/** @type {unknown[]} */ ...args) => derivation().hkdfSync(...args),
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
      const [one, other] = [compared("buf1", a), compared("buf2", b)];
      if (one.length !== other.length) throw nativeError(RangeError, "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH", "Input buffers must have the same byte length");
      return one.equals(other);
    },
    Hash,
    Hmac,
    webcrypto,
    subtle,
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
