// Chunk "keyDerivation": scrypt, hkdf and pbkdf2 of node:crypto. The arithmetic is the host's where it has it, and else
// @noble/hashes'.

/** @import { Kit } from "../kit.js" */

import { hkdf } from "@noble/hashes/hkdf.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { invalidArgument, nodeError, unsupported } from "../errors.js";
import { bytesOf, invalidDigest, nativeError, requireCallback, requireInteger } from "./crypto-errors.js";

const MAX_INT = 2 ** 31 - 1;
const HKDF_TYPES = "of type string or an instance of ArrayBuffer, TypedArray, DataView, or Buffer";
const MAX_INFO = 1024;

/**
 * What an interpreter does in the seconds that an example has, rounded up: it takes 75 ms for 1,000 of scrypt's blocks
 * and up to 1 ms for a round of pbkdf2. More is told as lacking, for else it would seem to be a program that never ends.
 */
const MAX_BLOCKS = 2 ** 15;
const MAX_ROUNDS = 10_000;

/** What a host does of it within reason: bytes of memory, rounds, and bytes of key. */
const MOST = { memory: 2 ** 28, rounds: 10_000_000, length: 2 ** 20 };

/** The digests that a host knows. */
const FAST = /^sha(1|224|256|384|512)$/;

/** Names of scrypt's options: the other name, the default. @type {Record<string, [string, number]>} */
const OPTIONS = { N: ["cost", 16384], r: ["blockSize", 8], p: ["parallelization", 1] };
const MAX_MEMORY = 32 * 1024 * 1024;

/** @param {any} given */
function scryptOptions(given) {
  const options = /** @type {Record<string, number>} */ ({ maxmem: MAX_MEMORY });
  for (const [name, [other, preset]] of Object.entries(OPTIONS)) {
    options[name] = preset;
    for (const key of [name, other]) {
      if (given?.[key] === undefined) continue;
      if (key === other && given[name] !== undefined) {
        throw nodeError(TypeError, "ERR_INCOMPATIBLE_OPTION_PAIR", `Option "${name}" cannot be used in combination with option "${other}"`);
      }
      requireInteger(key, given[key], 0, 2 ** 32 - 1);
      options[name] = given[key] || preset;
    }
  }
  if (given?.maxmem !== undefined) {
    requireInteger("maxmem", given.maxmem, 0, Number.MAX_SAFE_INTEGER);
    options.maxmem = given.maxmem || MAX_MEMORY;
  }
  const { N, r, p, maxmem } = options;
  const invalid = (/** @type {string} */ why) => nativeError(RangeError, "ERR_CRYPTO_INVALID_SCRYPT_PARAMS", `Invalid scrypt params${why}`);
  const powerOfTwo = Number.isInteger(Math.log2(N));
  if (N > 1 && !powerOfTwo) throw invalid("");
  if (N < 2 || 128 * r * (N + p + 2) > maxmem) throw invalid(": error:030000AC:digital envelope routines::memory limit exceeded");
  return options;
}

/** Made with crypto's own table of hashes. @param {Kit} kit */
export default (kit) => (/** @type {(name: string) => any} */ hashNamed) => {
  const { Buffer } = kit.builtin("buffer");

  /** The result behind the current turn of the loop. @param {() => unknown} derive @param {(error: unknown, key?: unknown) => void} callback */
  function later(derive, callback) {
    kit.loop.globals.setImmediate(() => callback(null, derive()));
  }

  /** @param {string} digest */
  function hashOf(digest) {
    if (typeof digest !== "string") throw invalidArgument("digest", "of type string", digest);
    const hash = hashNamed(digest);
    if (hash === null) throw invalidDigest(digest);
    return hash;
  }

  /** @param {any} password @param {any} salt @param {any} length @param {any} given */
  function prepareScrypt(password, salt, length, given) {
    const key = bytesOf(Buffer, "password", password);
    const salted = bytesOf(Buffer, "salt", salt);
    requireInteger("keylen", length, 0, MAX_INT);
    const { N, r, p, maxmem } = scryptOptions(given);
    const derivation = { kind: /** @type {const} */ ("scrypt"), password: [...key], salt: [...salted], log_n: Math.log2(N), r, p, length };
    const fast = () => (length === 0 ? null : kit.host.deriveKey?.(derivation));
    if (128 * N * r * p > MOST.memory || length > MOST.length) throw unsupported("crypto.scrypt of this cost");
    if (!kit.host.deriveKey && N * r * p > MAX_BLOCKS) throw unsupported(`crypto.scrypt of cost ${N}, which takes too long here: give { cost: ${MAX_BLOCKS / 8} } or less`);
    return () => (length === 0 ? Buffer.alloc(0) : Buffer.from(fast() ?? scrypt(key, salted, { N, r, p, dkLen: length, maxmem: Math.max(maxmem, MAX_MEMORY) })));
  }

  /** @param {any} digest @param {any} key @param {any} salt @param {any} info @param {any} length */
  function prepareHkdf(digest, key, salt, info, length) {
    if (typeof digest !== "string") throw invalidArgument("digest", "of type string", digest);
    const material = bytesOf(Buffer, "ikm", key, HKDF_TYPES.replace("of ArrayBuffer", "of SecretKeyObject, ArrayBuffer"));
    const salted = bytesOf(Buffer, "salt", salt, HKDF_TYPES);
    const context = bytesOf(Buffer, "info", info, HKDF_TYPES);
    requireInteger("length", length, 0, Number.MAX_SAFE_INTEGER);
    if (context.length > MAX_INFO) {
      throw nodeError(RangeError, "ERR_OUT_OF_RANGE", `The value of "info" is out of range. It must be must not contain more than ${MAX_INFO} bytes. Received ${context.length}`);
    }
    const hash = hashOf(digest);
    if (length > hash.outputLen * 255) throw nativeError(RangeError, "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length");
    return () => {
      if (length === 0) throw new Error("Deriving bits failed");
      return Uint8Array.from(hkdf(hash, material, salted, context, length)).buffer;
    };
  }

  /** @param {any} password @param {any} salt @param {any} iterations @param {any} length @param {any} digest */
  function preparePbkdf2(password, salt, iterations, length, digest) {
    if (typeof digest !== "string") throw invalidArgument("digest", "of type string", digest);
    const key = bytesOf(Buffer, "password", password);
    const salted = bytesOf(Buffer, "salt", salt);
    requireInteger("iterations", iterations, 1, MAX_INT);
    requireInteger("keylen", length, 0, MAX_INT);
    const hash = hashOf(digest);
    const derivation = { kind: /** @type {const} */ ("pbkdf2"), digest: digest.toLowerCase().replace("-", ""), password: [...key], salt: [...salted], rounds: iterations, length };
    const fast = () => (length === 0 ? null : kit.host.deriveKey?.(derivation));
    if (iterations * Math.ceil(length / hash.outputLen) > MOST.rounds || length > MOST.length) throw unsupported("crypto.pbkdf2 of this cost");
    if (!(kit.host.deriveKey && FAST.test(derivation.digest)) && iterations * Math.ceil(length / hash.outputLen) > MAX_ROUNDS) {
      throw unsupported(`crypto.pbkdf2 with ${iterations} iterations, which take too long here: give ${MAX_ROUNDS} or less`);
    }
    return () => (length === 0 ? Buffer.alloc(0) : Buffer.from(fast() ?? pbkdf2(hash, key, salted, { c: iterations, dkLen: length })));
  }

  return {
    scryptSync: (/** @type {any} */ password, /** @type {any} */ salt, /** @type {any} */ length, /** @type {any} */ options) => prepareScrypt(password, salt, length, options)(),
    /** @param {any} password @param {any} salt @param {any} length @param {any} options @param {any} callback */
    scrypt(password, salt, length, options, callback) {
      if (callback === undefined && typeof options === "function") [options, callback] = [undefined, options];
      const derive = prepareScrypt(password, salt, length, options);
      requireCallback(callback ?? options);
      later(derive, callback);
    },
    hkdfSync: (/** @type {[any, any, any, any, any]} */ ...args) => prepareHkdf(...args)(),
    /** @param {any} digest @param {any} key @param {any} salt @param {any} info @param {any} length @param {any} callback */
    hkdf(digest, key, salt, info, length, callback) {
      const derive = prepareHkdf(digest, key, salt, info, length);
      requireCallback(callback);
      later(derive, callback);
    },
    pbkdf2Sync: (/** @type {[any, any, any, any, any]} */ ...args) => preparePbkdf2(...args)(),
    /** @param {any} password @param {any} salt @param {any} iterations @param {any} length @param {any} digest @param {any} callback */
    pbkdf2(password, salt, iterations, length, digest, callback) {
      if (typeof digest === "function") [digest, callback] = [undefined, digest];
      const derive = preparePbkdf2(password, salt, iterations, length, digest);
      requireCallback(callback);
      later(derive, callback);
    },
  };
};
