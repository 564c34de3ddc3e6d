// Node's words for what Buffer's methods are given and can't take: npm buffer's own errors have no codes.

import { invalidArgument, nodeError } from "../errors.js";

const BYTES = "an instance of Buffer or Uint8Array";

/** @param {string} name @param {string} range @param {number | bigint} value */
export function outOfRange(name, range, value) {
  const digits = `${value}`;
  const large = typeof value === "bigint" || (Number.isInteger(value) && Math.abs(value) > 2 ** 32);
  const shown = (large ? digits.replace(/\B(?=(\d{3})+$)/g, "_") : digits) + (typeof value === "bigint" ? "n" : "");
  return nodeError(RangeError, "ERR_OUT_OF_RANGE", `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`);
}

/** @param {string} [what] */
export const outOfBounds = (what) =>
  nodeError(RangeError, "ERR_BUFFER_OUT_OF_BOUNDS", what ? `"${what}" is outside of buffer bounds` : "Attempt to access memory outside buffer bounds");

/** @param {string} name @param {unknown} value */
export function requireNumber(name, value) {
  if (typeof value !== "number") throw invalidArgument(name, "of type number", value);
}

/**
 * A place in a buffer or a length.
 * @param {string} name @param {any} value @param {number} otherwise for what is not given @param {number} [max]
 * @returns {number}
 */
export function index(name, value, otherwise, max = 2 ** 53 - 1) {
  if (value === undefined) return otherwise;
  requireNumber(name, value);
  if (!Number.isInteger(value)) throw outOfRange(name, "an integer", value);
  if (value < 0 || value > max) throw outOfRange(name, `>= 0 && <= ${max}`, value);
  return value;
}

/** @param {string} name @param {unknown} value */
export function requireBytes(name, value) {
  if (!(value instanceof Uint8Array)) throw invalidArgument(name, BYTES, value);
}

/** @param {unknown} value */
export const notSearchable = (value) => invalidArgument("value", `one of type number or string or ${BYTES}`, value);

/** @param {unknown} encoding @param {(value: unknown) => string} [inspect] */
export function unknownEncoding(encoding, inspect = String) {
  const shown = typeof encoding === "object" ? inspect(encoding) : String(encoding);
  return nodeError(TypeError, "ERR_UNKNOWN_ENCODING", `Unknown encoding: ${shown}`);
}
