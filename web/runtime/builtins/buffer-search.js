// Buffer's searches: what is searched for as bytes, from where, and texts in UTF-16, where a unit begins at an even
// place. npm buffer finds bytes in bytes.

import { notSearchable, unknownEncoding } from "./buffer-checks.js";

const WIDE = /^(?:ucs-?2|utf-?16le)$/i;

/** @param {any} Buffer */
export function addSearches(Buffer) {
  for (const name of /** @type {const} */ (["indexOf", "lastIndexOf"])) {
    const native = Buffer.prototype[name];
    const { [name]: search } = {
      /** @this {any} @param {any} value @param {any} [offset] in bytes @param {any} [encoding] */
      [name](value, offset, encoding) {
        const coding = (typeof offset === "string" ? offset : encoding) ?? "utf8";
        const at = start(name, typeof offset === "string" ? undefined : offset, this.length);
        if (typeof value === "number") return at < 0 ? -1 : Reflect.apply(native, this, [value, at]);
        if (typeof value === "string" ? !Buffer.isEncoding(coding) : !(value instanceof Uint8Array)) {
          throw typeof value === "string" ? unknownEncoding(coding) : notSearchable(value);
        }
        if (value.length === 0) return Math.max(at, 0);
        if (at < 0 || this.length === 0) return -1;
        if (!WIDE.test(coding)) return Reflect.apply(native, this, [Buffer.from(value, coding), at]);
        const text = typeof value === "string" ? value : Buffer.from(value).toString("utf16le");
        const unit = this.toString("utf16le")[name](text, at >> 1);
        return unit < 0 ? -1 : unit * 2;
      },
    };
    Object.defineProperty(Buffer.prototype, name, { value: search, writable: true, configurable: true });
  }
}

/** The byte at which a search begins; negative: nowhere. @param {"indexOf" | "lastIndexOf"} name @param {any} offset @param {number} length */
function start(name, offset, length) {
  const given = Math.trunc(Number(offset));
  if (Number.isNaN(given)) return name === "indexOf" ? 0 : length;
  if (given >= 0) return Math.min(given, length);
  return given + length >= 0 || name === "lastIndexOf" ? given + length : 0;
}
