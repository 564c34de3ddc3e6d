// Buffer's searches for texts in UTF-16, which npm buffer takes byte by byte: a unit begins at an even place.

const WIDE = /^(?:ucs-?2|utf-?16le)$/i;

/** @param {any} Buffer */
export function searchWide(Buffer) {
  for (const name of /** @type {const} */ (["indexOf", "lastIndexOf"])) {
    const native = Buffer.prototype[name];
    const { [name]: search } = {
      /** @this {any} @param {any} value @param {any} [offset] in bytes @param {any} [encoding] */
      [name](value, offset, encoding) {
        const coding = typeof offset === "string" ? offset : encoding;
        if (typeof value !== "string" || !WIDE.test(coding)) return Reflect.apply(native, this, [value, offset, encoding]);
        const at = start(name, typeof offset === "string" ? undefined : offset, this.length);
        const unit = at < 0 ? -1 : this.toString("utf16le")[name](value, at >> 1);
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
