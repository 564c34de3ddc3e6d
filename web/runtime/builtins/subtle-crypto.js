// crypto.subtle: digests. The other methods are told as lacking.

/** @import { Kit } from "../kit.js" */

import { unsupported } from "../errors.js";
import { bytesOf, nativeError } from "./crypto-errors.js";

const DIGESTS = new Set(["sha-1", "sha-256", "sha-384", "sha-512", "sha3-256", "sha3-384", "sha3-512"]);

const LACKING = (
  "encrypt decrypt sign verify generateKey deriveKey deriveBits importKey exportKey wrapKey unwrapKey getPublicKey encapsulateBits " +
  "encapsulateKey decapsulateBits decapsulateKey"
).split(" ");

/** @param {Kit} kit @param {(name: string) => any} hashNamed */
export function createSubtle(kit, hashNamed) {
  const failed = "Failed to execute 'digest' on 'SubtleCrypto': ";

  class SubtleCrypto {
    /** @param {string | { name: string }} algorithm @param {any} data */
    async digest(algorithm, data) {
      if (arguments.length < 2) throw nativeError(TypeError, "ERR_MISSING_ARGS", `${failed}2 arguments required, but only ${arguments.length} present.`);
      const name = `${typeof algorithm === "object" && algorithm !== null ? algorithm.name : algorithm}`.toLowerCase();
      if (!(data instanceof ArrayBuffer) && !ArrayBuffer.isView(data)) {
        throw nativeError(TypeError, "ERR_INVALID_ARG_TYPE", `${failed}2nd argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
      }
      if (!DIGESTS.has(name)) throw new DOMException("Unrecognized algorithm name", "NotSupportedError");
      return Uint8Array.from(hashNamed(name)(bytesOf(kit.builtin("buffer").Buffer, "data", data))).buffer;
    }
  }
  for (const name of LACKING) {
    const { [name]: method } = {
      async [name]() {
        throw unsupported(`crypto.subtle.${name}`);
      },
    };
    Object.defineProperty(SubtleCrypto.prototype, name, { value: method, writable: true, configurable: true });
  }
  return new SubtleCrypto();
}
