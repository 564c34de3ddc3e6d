// Node's checks of what Buffer's other methods are given, and what they make of it: npm buffer's own errors have no codes.

import { invalidArgument, nodeError } from "../errors.js";
import { checkOffset, checkValue, outOfRange } from "./buffer-checks.js";

const BYTES = "an instance of Buffer or Uint8Array";
const SEARCHED = "one of type number or string or an instance of Buffer or Uint8Array";
const LARGEST = 2 ** 53 - 1;

/** @param {string} name @param {unknown} value @param {string} [types] */
function requireBytes(name, value, types = BYTES) {
  if (!(value instanceof Uint8Array)) throw invalidArgument(name, types, value);
}

/** @param {string} name @param {any} value @param {number} [max] */
function requirePlace(name, value, max = LARGEST) {
  if (typeof value !== "number") throw invalidArgument(name, "of type number", value);
  if (!Number.isInteger(value)) throw outOfRange(name, "an integer", value);
  if (value < 0 || value > max) throw outOfRange(name, `>= 0 && <= ${max}`, value);
}

/** @param {any} Buffer @param {unknown} encoding */
function requireEncoding(Buffer, encoding) {
  if (!Buffer.isEncoding(encoding)) throw nodeError(TypeError, "ERR_UNKNOWN_ENCODING", `Unknown encoding: ${encoding}`);
}

/**
 * A text that its encoding has no bytes for fills nothing.
 * @param {any} Buffer @param {unknown} value @param {unknown} encoding
 */
function requireFilling(Buffer, value, encoding) {
  if (typeof value !== "string" || value === "" || Buffer.from(value, encoding).length > 0) return;
  throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The argument 'value' is invalid. Received '${value}'`);
}

/** @param {unknown} bytes how many a number has */
function requireCount(bytes) {
  if (typeof bytes !== "number") throw invalidArgument("byteLength", "of type number", bytes);
  if (!Number.isInteger(bytes)) throw outOfRange("byteLength", "an integer", bytes);
  if (bytes < 1 || bytes > 6) throw outOfRange("byteLength", ">= 1 and <= 6", bytes);
}

/** Methods by name: given npm buffer's and the arguments, what Node's gives. @param {any} Buffer */
const methods = (Buffer) => /** @type {Record<string, (self: any, own: (...args: any[]) => any, args: any[]) => any>} */ ({
  fill(self, own, [value, offset, end, encoding]) {
    if (typeof value !== "string") encoding = undefined;
    else if (offset === undefined || typeof offset === "string") [encoding, offset, end] = [offset, 0, self.length];
    else if (typeof end === "string") [encoding, end] = [end, self.length];
    if (encoding !== undefined) requireEncoding(Buffer, encoding);
    requireFilling(Buffer, value, encoding);
    const from = offset ?? 0;
    const to = end ?? self.length;
    if (offset !== undefined) requirePlace("offset", from);
    if (end !== undefined) requirePlace("end", to, self.length);
    if (from >= to) return self;
    const isBytes = typeof value === "string" || value instanceof Uint8Array;
    return own(value === "" ? 0 : isBytes ? value : value & 255, from, to, encoding);
  },
  compare(self, own, args) {
    requireBytes("target", args[0]);
    const places = ["targetStart", "targetEnd", "sourceStart", "sourceEnd"];
    places.forEach((name, at) => args[at + 1] !== undefined && requirePlace(name, args[at + 1], name.endsWith("End") ? (name === "targetEnd" ? args[0] : self).length : LARGEST));
    return own(...args);
  },
  equals(self, own, [other]) {
    requireBytes("otherBuffer", other);
    return self === other || Buffer.compare(self, other) === 0;
  },
  write(self, own, [text, offset, length, encoding]) {
    if (typeof text !== "string") throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", "argument must be a string");
    if (typeof offset === "string") [encoding, offset, length] = [offset, undefined, undefined];
    else if (typeof length === "string") [encoding, length] = [length, undefined];
    if (offset !== undefined) requirePlace("offset", offset, self.length);
    if (length !== undefined) requirePlace("length", length, self.length);
    if (encoding) requireEncoding(Buffer, encoding);
    const from = offset ?? 0;
    return own(text, from, Math.min(length ?? self.length, self.length - from), encoding || "utf8");
  },
  copy(self, own, [target, targetStart, start, end]) {
    requireBytes("target", target);
    const places = { targetStart, sourceStart: start, sourceEnd: end };
    for (const [name, value] of Object.entries(places)) if (Math.trunc(Number(value)) < 0) throw outOfRange(name, ">= 0", value);
    if (start > self.length) throw outOfRange("sourceStart", `>= 0 && <= ${self.length}`, start);
    return targetStart >= target.length || start >= (end ?? self.length) ? 0 : own(target, targetStart, start, end);
  },
  ...Object.fromEntries(
    ["indexOf", "lastIndexOf", "includes"].map((name) => [
      name,
      (/** @type {any} */ self, /** @type {any} */ own, /** @type {any[]} */ [value, offset, encoding]) => {
        if (typeof value !== "string" && typeof value !== "number") requireBytes("value", value, SEARCHED);
        if (typeof offset === "string") [encoding, offset] = [offset, undefined];
        if (typeof value === "string" && encoding !== undefined) requireEncoding(Buffer, encoding);
        if (value !== "") return own(value, offset, encoding);
        const given = Math.trunc(Number(offset));
        const at = Number.isNaN(given) ? (name === "lastIndexOf" ? self.length : 0) : Math.max(0, Math.min(given < 0 ? given + self.length : given, self.length));
        return name === "includes" ? true : at;
      },
    ]),
  ),
  ...Object.fromEntries(
    ["swap16", "swap32", "swap64"].map((name) => [
      name,
      (/** @type {any} */ self, /** @type {any} */ own) => {
        const bits = Number(name.slice("swap".length));
        if (self.length % (bits / 8) === 0) return own();
        throw nodeError(RangeError, "ERR_INVALID_BUFFER_SIZE", `Buffer size must be a multiple of ${bits}-bits`);
      },
    ]),
  ),
  ...Object.fromEntries(
    ["readIntBE", "readIntLE", "readUIntBE", "readUIntLE", "readUintBE", "readUintLE"].map((name) => [
      name,
      (/** @type {any} */ self, /** @type {any} */ own, /** @type {any[]} */ [offset, bytes]) => {
        if (offset === undefined) throw invalidArgument("offset", "of type number", offset);
        requireCount(bytes);
        checkOffset(offset, self.length, bytes);
        return own(offset, bytes);
      },
    ]),
  ),
  ...Object.fromEntries(
    ["writeIntBE", "writeIntLE", "writeUIntBE", "writeUIntLE", "writeUintBE", "writeUintLE"].map((name) => [
      name,
      (/** @type {any} */ self, /** @type {any} */ own, /** @type {any[]} */ [value, offset, bytes]) => {
        if (offset === undefined) throw invalidArgument("offset", "of type number", offset);
        requireCount(bytes);
        checkValue(value, name, bytes);
        checkOffset(offset, self.length, bytes);
        return own(value, offset, bytes);
      },
    ]),
  ),
});

/** @param {any} Buffer */
export function checkArguments(Buffer) {
  for (const [name, method] of Object.entries(methods(Buffer))) {
    const native = Buffer.prototype[name];
    const { [name]: checked } = {
      /** @this {any} @param {any[]} args */
      [name](...args) {
        return method(this, (...passed) => Reflect.apply(native, this, passed), args);
      },
    };
    Object.defineProperty(Buffer.prototype, name, { value: checked, writable: true, configurable: true, enumerable: true });
  }
  const { compare, concat, alloc } = Buffer;
  Buffer.compare = (/** @type {any} */ one, /** @type {any} */ other) => {
    requireBytes("buf1", one);
    requireBytes("buf2", other);
    return compare(one, other);
  };
  Buffer.concat = (/** @type {any} */ list, /** @type {any} */ length) => {
    if (Array.isArray(list) && length !== undefined) requirePlace("length", length);
    return concat(list, length);
  };
  Buffer.alloc = (/** @type {any} */ size, /** @type {any} */ value, /** @type {any} */ encoding) => {
    if (size > 0) requireFilling(Buffer, value, encoding);
    return alloc(size, value, encoding);
  };
}
