// Buffer's methods that read and write numbers: over DataView, with Node's checks in front.

import { outOfBounds, outOfRange, requireNumber } from "./buffer-checks.js";

/** What stands in the methods' names, DataView's name for it, its bytes. @type {[string, string, number][]} */
const TYPES = [
  ["Int8", "Int8", 1],
  ["UInt8", "Uint8", 1],
  ["Int16", "Int16", 2],
  ["UInt16", "Uint16", 2],
  ["Int32", "Int32", 4],
  ["UInt32", "Uint32", 4],
  ["Float", "Float32", 4],
  ["Double", "Float64", 8],
  ["BigInt64", "BigInt64", 8],
  ["BigUInt64", "BigUint64", 8],
];

/** @param {any} offset @param {number} length of the buffer @param {number} bytes */
function checkOffset(offset, length, bytes) {
  requireNumber("offset", offset);
  if (Number.isNaN(offset) || (Number.isFinite(offset) && !Number.isInteger(offset))) throw outOfRange("offset", "an integer", offset);
  if (length < bytes) throw outOfBounds();
  if (offset < 0 || offset + bytes > length) throw outOfRange("offset", `>= 0 and <= ${length - bytes}`, offset);
}

/** @param {unknown} offset @param {any} byteLength */
function checkByteLength(offset, byteLength) {
  if (offset === undefined) requireNumber("offset", offset);
  requireNumber("byteLength", byteLength);
  if (Number.isNaN(byteLength) || (Number.isFinite(byteLength) && !Number.isInteger(byteLength))) throw outOfRange("byteLength", "an integer", byteLength);
  if (byteLength < 1 || byteLength > 6) throw outOfRange("byteLength", ">= 1 and <= 6", byteLength);
}

/** @param {number} value @param {boolean} signed @param {number} bytes */
function checkInteger(value, signed, bytes) {
  const bits = bytes * 8 - (signed ? 1 : 0);
  const min = signed ? -(2 ** bits) : 0;
  if (Number.isNaN(value) || (value >= min && value <= 2 ** bits - 1)) return;
  const range = bytes > 4 ? `>= ${signed ? `-(2 ** ${bits})` : 0} and < 2 ** ${bits}` : `>= ${min} and <= ${2 ** bits - 1}`;
  throw outOfRange("value", range, value);
}

/** @param {any} value @param {boolean} signed */
function checkBigInt(value, signed) {
  const [min, end] = signed ? [-(2n ** 63n), 2n ** 63n] : [0n, 2n ** 64n];
  if (value < min || value >= end) throw outOfRange("value", signed ? ">= -(2n ** 63n) and < 2n ** 63n" : ">= 0n and < 2n ** 64n", value);
  if (typeof value !== "bigint") throw new TypeError("Cannot mix BigInt and other types, use explicit conversions");
}

/** @param {Uint8Array} bytes @returns {any} */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @param {string} type @param {string} native @param {number} bytes @param {"LE" | "BE" | ""} order */
function fixed(type, native, bytes, order) {
  const signed = !type.includes("U");
  const isBig = type.startsWith("Big");
  const isFloat = native.startsWith("Float");
  const little = order === "LE";
  return {
    /** @this {any} @param {any} offset */
    [`read${type}${order}`](offset = 0) {
      checkOffset(offset, this.length, bytes);
      return viewOf(this)[`get${native}`](offset, little);
    },
    /** @this {any} @param {any} value @param {any} offset */
    [`write${type}${order}`](value, offset = 0) {
      const number = isBig ? value : +value;
      if (isBig) checkBigInt(value, signed);
      else if (!isFloat) checkInteger(number, signed, bytes);
      checkOffset(offset, this.length, bytes);
      viewOf(this)[`set${native}`](offset, number, little);
      return offset + bytes;
    },
  };
}

/** Integers of one to six bytes. @param {"Int" | "UInt"} type @param {"LE" | "BE"} order */
function variable(type, order) {
  const signed = type === "Int";
  /** The place of the byte of a weight. @param {number} weight @param {number} byteLength */
  const place = (weight, byteLength) => (order === "LE" ? weight : byteLength - 1 - weight);
  return {
    /** @this {any} @param {any} offset @param {any} byteLength */
    [`read${type}${order}`](offset, byteLength) {
      checkByteLength(offset, byteLength);
      checkOffset(offset, this.length, byteLength);
      let value = 0;
      for (let weight = byteLength - 1; weight >= 0; weight--) value = value * 256 + this[offset + place(weight, byteLength)];
      return signed && value >= 2 ** (byteLength * 8 - 1) ? value - 2 ** (byteLength * 8) : value;
    },
    /** @this {any} @param {any} value @param {any} offset @param {any} byteLength */
    [`write${type}${order}`](value, offset, byteLength) {
      checkByteLength(offset, byteLength);
      const number = +value;
      checkInteger(number, signed, byteLength);
      checkOffset(offset, this.length, byteLength);
      let rest = Math.trunc(number) || 0;
      for (let weight = 0; weight < byteLength; weight++) {
        this[offset + place(weight, byteLength)] = rest;
        rest = Math.floor(rest / 256);
      }
      return offset + byteLength;
    },
  };
}

/** @param {any} prototype */
export function addNumbers(prototype) {
  for (const [type, native, bytes] of TYPES) {
    for (const order of bytes === 1 ? /** @type {const} */ ([""]) : /** @type {const} */ (["LE", "BE"])) Object.assign(prototype, fixed(type, native, bytes, order));
  }
  for (const type of /** @type {const} */ (["Int", "UInt"])) {
    for (const order of /** @type {const} */ (["LE", "BE"])) Object.assign(prototype, variable(type, order));
  }
  // readUint8 is another name of readUInt8, and so on.
  for (const name of Object.keys(prototype)) {
    if (/^(?:read|write)(?:Big)?UInt/.test(name)) prototype[name.replace("UInt", "Uint")] = prototype[name];
  }
}
