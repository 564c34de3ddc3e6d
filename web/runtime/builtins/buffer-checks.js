// Node's checks of what Buffer's methods are given, in front of npm buffer's methods, whose own errors have no codes.

import { invalidArgument, nodeError } from "../errors.js";

/** Bytes of a number by what the method's name says of it. @type {[RegExp, number][]} */
const SIZES = [
  [/Double|Big/, 8],
  [/Float|32/, 4],
  [/16/, 2],
  [/8/, 1],
];

/** @param {string} name @param {string} range @param {number | bigint} value */
export function outOfRange(name, range, value) {
  const digits = `${value}`;
  const large = typeof value === "bigint" || (Number.isInteger(value) && Math.abs(value) > 2 ** 32);
  const shown = (large ? digits.replace(/\B(?=(\d{3})+$)/g, "_") : digits) + (typeof value === "bigint" ? "n" : "");
  return nodeError(RangeError, "ERR_OUT_OF_RANGE", `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`);
}

/** @param {unknown} offset @param {number} length of the buffer @param {number} bytes */
export function checkOffset(offset, length, bytes) {
  if (typeof offset !== "number") throw invalidArgument("offset", "of type number", offset);
  if (!Number.isInteger(offset)) throw Number.isFinite(offset) || Number.isNaN(offset) ? outOfRange("offset", "an integer", offset) : outOfRange("offset", `>= 0 and <= ${length - bytes}`, offset);
  if (length < bytes) throw nodeError(RangeError, "ERR_BUFFER_OUT_OF_BOUNDS", "Attempt to access memory outside buffer bounds");
  if (offset < 0 || offset + bytes > length) throw outOfRange("offset", `>= 0 and <= ${length - bytes}`, offset);
}

/** @param {any} value @param {string} method @param {number} bytes */
export function checkValue(value, method, bytes) {
  if (/Float|Double/.test(method)) return;
  const unsigned = /U/i.test(method.slice("write".length));
  const bits = bytes * 8 - (unsigned ? 0 : 1);
  if (bytes === 8) {
    const [min, max] = [unsigned ? 0n : -(2n ** BigInt(bits)), 2n ** BigInt(bits)];
    const range = unsigned ? ">= 0n and < 2n ** 64n" : ">= -(2n ** 63n) and < 2n ** 63n";
    if (value < min || value >= max) throw outOfRange("value", range, value);
    return;
  }
  const [min, max] = [unsigned ? 0 : -(2 ** bits), 2 ** bits - 1];
  const range = bytes <= 4 ? `>= ${min} and <= ${max}` : `>= ${unsigned ? 0 : `-(2 ** ${bits})`} and < 2 ** ${bits}`;
  if (+value > max || +value < min) throw outOfRange("value", range, +value);
}

/** @param {any} Buffer */
export function addChecks(Buffer) {
  const { prototype } = Buffer;
  for (const method of Object.keys(prototype)) {
    const [, kind] = /^(read|write)(?:Big)?(?:U?Int(?:8|16|32|64)|Uint|Float|Double)/i.exec(method) ?? [];
    const bytes = SIZES.find(([pattern]) => pattern.test(method))?.[1];
    if (!kind || !bytes) continue;
    const own = prototype[method];
    const checked = kind === "read"
      ? /** @this {any} @param {any} offset */ function (offset = 0) {
          checkOffset(offset, this.length, bytes);
          return Reflect.apply(own, this, [offset]);
        }
      : /** @this {any} @param {any} value @param {any} offset */ function (value, offset = 0) {
          checkValue(value, method, bytes);
          checkOffset(offset, this.length, bytes);
          return Reflect.apply(own, this, [value, offset]);
        };
    prototype[method] = Object.defineProperty(checked, "name", { value: method, configurable: true });
  }
  for (const name of ["alloc", "allocUnsafe", "allocUnsafeSlow"]) {
    const own = Buffer[name];
    Buffer[name] = Object.defineProperty(
      (/** @type {any} */ size, /** @type {unknown[]} */ ...rest) => {
        if (typeof size !== "number") throw invalidArgument("size", "of type number", size);
        if (!(size >= 0 && size <= 2 ** 53 - 1)) throw outOfRange("size", ">= 0 && <= 9007199254740991", size);
        return own(size, ...rest);
      },
      "name",
      { value: name, configurable: true },
    );
  }
  const { concat } = Buffer;
  /** @param {any} list @param {number} [length] */
  Buffer.concat = function (list, length) {
    if (!Array.isArray(list)) throw invalidArgument("list", "an instance of Array", list);
    list.forEach((item, i) => {
      if (!(item instanceof Uint8Array)) throw invalidArgument(`list[${i}]`, "an instance of Buffer or Uint8Array", item);
    });
    return concat(list, length);
  };
}
