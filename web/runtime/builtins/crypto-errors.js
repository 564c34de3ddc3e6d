// What node:crypto throws, and its checks of arguments that more than one of its functions take.

import { invalidArgument, nodeError } from "../errors.js";

const KEY_TYPES = "of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView";

/** An error as Node's native code makes it: the code does not stand in its header. @param {ErrorConstructor} Base @param {string} code @param {string} message */
export const nativeError = (Base, code, message) => Object.assign(new Base(message), { code });

/** @param {string} digest */
export const invalidDigest = (digest) => nativeError(TypeError, "ERR_CRYPTO_INVALID_DIGEST", `Invalid digest: ${digest}`);

/** @param {any} Buffer @param {string} name @param {any} value @param {string} [types] */
export function bytesOf(Buffer, name, value, types = KEY_TYPES) {
  if (typeof value === "string" || value instanceof ArrayBuffer) return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw invalidArgument(name, types, value);
}

/** @param {string} name @param {any} value @param {number} min @param {number} max */
export function requireInteger(name, value, min, max) {
  if (typeof value !== "number") throw invalidArgument(name, "of type number", value);
  const range = Number.isInteger(value) ? `>= ${min} && <= ${max}` : "an integer";
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw nodeError(RangeError, "ERR_OUT_OF_RANGE", `The value of "${name}" is out of range. It must be ${range}. Received ${value}`);
}

/** @param {unknown} callback */
export function requireCallback(callback) {
  if (typeof callback !== "function") throw invalidArgument("callback", "of type function", callback);
}
