// Buffer's methods over bytes and texts as Node has them: what they take, and the errors for what they don't.

import { Buffer as Package } from "buffer/index.js";
import { invalidArgument, nodeError } from "../errors.js";
import { index, outOfRange, requireBytes, requireNumber, unknownEncoding } from "./buffer-checks.js";

const { compare: compareAll, concat, alloc } = Package;
const { compare, toString, write, swap16, swap32, swap64 } = Package.prototype;
const MAX_ALLOCATED = 2 ** 31 - 1;

/** @param {string} name @param {any} value */
const named = (name, value) => Object.defineProperty(value, "name", { value: name, configurable: true });

/** @param {unknown} encoding */
const isBase64Url = (encoding) => typeof encoding === "string" && encoding.toLowerCase() === "base64url";

/** Numbers as Buffer's copy() takes them: what is no safe integer after rounding is 0. @param {any} value @param {number} otherwise */
function loose(value, otherwise) {
  const number = value === undefined ? otherwise : Math.floor(+value);
  return Number.isSafeInteger(number) ? number : 0;
}

/** @param {number} bits @param {Function} swap */
const checkedSwap = (bits, swap) =>
  /** @this {any} */ function () {
    if (this.length % (bits / 8) !== 0) throw nodeError(RangeError, "ERR_INVALID_BUFFER_SIZE", `Buffer size must be a multiple of ${bits}-bits`);
    return Reflect.apply(swap, this, []);
  };

/** @param {any} Buffer @param {(value: unknown) => string} inspect */
export function addMethods(Buffer, inspect) {
  /** @param {any} encoding @returns {any} */
  const required = (encoding) => {
    if (Buffer.isEncoding(encoding)) return isBase64Url(encoding) ? "base64" : encoding;
    throw unknownEncoding(encoding, inspect);
  };
  /** The bytes that fill() repeats. @param {any} value @param {any} encoding @returns {Uint8Array} */
  const pattern = (value, encoding) => {
    if (typeof value === "string" && value !== "") return Buffer.from(value, encoding);
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return Uint8Array.of(typeof value === "string" ? 0 : value);
  };

  Object.assign(Buffer.prototype, {
    /** @this {any} @param {any} value @param {any} [offset] @param {any} [end] @param {any} [encoding] */
    fill(value, offset, end, encoding) {
      if (typeof value === "string") {
        if (offset === undefined || typeof offset === "string") [encoding, offset, end] = [offset, undefined, undefined];
        else if (typeof end === "string") [encoding, end] = [end, undefined];
        if (encoding !== undefined && encoding !== null && typeof encoding !== "string") throw invalidArgument("encoding", "of type string", encoding);
        encoding = required(encoding || "utf8");
      }
      const from = index("offset", offset, 0);
      const to = offset === undefined ? this.length : index("end", end, this.length, this.length);
      if (from >= to) return this;
      const bytes = pattern(value, encoding);
      if (bytes.length === 0) throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The argument 'value' is invalid. Received ${inspect(value)}`);
      if (bytes.length === 1) return Uint8Array.prototype.fill.call(this, bytes[0], from, to);
      for (let at = from; at < to; at++) this[at] = bytes[(at - from) % bytes.length];
      return this;
    },
    /** @this {any} @param {any} text @param {any} [offset] @param {any} [length] @param {any} [encoding] */
    write(text, offset, length, encoding) {
      if (offset === undefined) [length, encoding] = [undefined, undefined];
      else if (length === undefined && typeof offset === "string") [offset, encoding] = [0, offset];
      const from = index("offset", offset, 0, this.length);
      if (typeof length === "string") [length, encoding] = [undefined, length];
      const count = Math.min(index("length", length, this.length, this.length), this.length - from);
      const coding = required(encoding || "utf8");
      if (typeof text !== "string") throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", "argument must be a string");
      // Half a byte at the end is not written.
      const whole = /^hex$/i.test(coding) ? /^(?:[\da-f]{2})*/i.exec(text)?.[0] : text;
      // Of a view, since the package cuts characters in two at a length but not at a buffer's end.
      return Reflect.apply(write, new Uint8Array(this.buffer, this.byteOffset + from, count), [whole, 0, count, coding]);
    },
    /** @this {any} @param {any} [encoding] @param {any} [start] @param {any} [end] */
    toString(encoding, start, end) {
      const from = start > 0 ? Math.min(start, this.length) | 0 : 0;
      const to = end === undefined || end > this.length ? this.length : end | 0;
      if (to <= from) return "";
      const text = Reflect.apply(toString, this, [encoding === undefined ? "utf8" : required(encoding), from, to]);
      return isBase64Url(encoding) ? text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") : text;
    },
    /** @this {any} @param {any} target @param {any} [targetStart] @param {any} [targetEnd] @param {any} [sourceStart] @param {any} [sourceEnd] */
    compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
      requireBytes("target", target);
      const places = [
        index("targetStart", targetStart, 0),
        index("targetEnd", targetEnd, target.length, target.length),
        index("sourceStart", sourceStart, 0),
        index("sourceEnd", sourceEnd, this.length, this.length),
      ];
      return Reflect.apply(compare, this, [target, ...places]);
    },
    /** @this {any} @param {any} otherBuffer */
    equals(otherBuffer) {
      requireBytes("otherBuffer", otherBuffer);
      return compareAll(this, otherBuffer) === 0;
    },
    /** @this {any} @param {any} target @param {any} [targetStart] @param {any} [sourceStart] @param {any} [sourceEnd] */
    copy(target, targetStart, sourceStart, sourceEnd) {
      if (!ArrayBuffer.isView(target)) requireBytes("target", target);
      const at = loose(targetStart, 0);
      if (at < 0) throw outOfRange("targetStart", ">= 0", at);
      const from = loose(sourceStart, 0);
      if (from < 0 || from > this.length) throw outOfRange("sourceStart", `>= 0 && <= ${this.length}`, from);
      const end = loose(sourceEnd, this.length);
      if (end < 0) throw outOfRange("sourceEnd", ">= 0", end);
      const count = Math.min(end - from, this.length - from, target.byteLength - at);
      if (count <= 0) return 0;
      new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(new Uint8Array(this.buffer, this.byteOffset + from, count), at);
      return count;
    },
    swap16: named("swap16", checkedSwap(16, swap16)),
    swap32: named("swap32", checkedSwap(32, swap32)),
    swap64: named("swap64", checkedSwap(64, swap64)),
  });

  /** @param {any} size @param {() => Error} tooLarge */
  const allocated = (size, tooLarge) => {
    requireNumber("size", size);
    if (!(size >= 0 && size <= 2 ** 53 - 1)) throw outOfRange("size", ">= 0 && <= 9007199254740991", size);
    if (size > MAX_ALLOCATED) throw tooLarge();
    return alloc(size);
  };
  const noMemory = () => nodeError(RangeError, "ERR_MEMORY_ALLOCATION_FAILED", "Failed to allocate memory");
  Object.assign(Buffer, {
    /** @param {any} size @param {any} [fill] @param {any} [encoding] */
    alloc(size, fill, encoding) {
      const bytes = allocated(size, () => new RangeError("Array buffer allocation failed"));
      return fill === undefined || fill === 0 || size === 0 ? bytes : Buffer.prototype.fill.call(bytes, fill, 0, bytes.length, encoding);
    },
    /** @param {any} size */
    allocUnsafe: (size) => allocated(size, noMemory),
    /** @param {any} size */
    allocUnsafeSlow: (size) => allocated(size, noMemory),
    /** @param {any} buf1 @param {any} buf2 */
    compare(buf1, buf2) {
      requireBytes("buf1", buf1);
      requireBytes("buf2", buf2);
      return compareAll(buf1, buf2);
    },
    /** @param {any} list @param {number} [length] */
    concat(list, length) {
      if (!Array.isArray(list)) throw invalidArgument("list", "an instance of Array", list);
      if (list.length > 0) index("length", length, 0);
      list.forEach((item, i) => requireBytes(`list[${i}]`, item));
      return concat(list, length);
    },
  });
}
