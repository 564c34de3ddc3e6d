// Chunk "buffer": node:buffer and the globals Buffer, Blob, File, atob and btoa. The class is npm buffer's; here is
// what Node has beyond it: base64url, the newer functions of the module.

/** @import { Kit } from "../kit.js" */

import { Buffer } from "buffer/index.js";
import { invalidArgument, nodeError } from "../errors.js";
import { createBlobs } from "./blob.js";
import { index, outOfBounds, unknownEncoding } from "./buffer-checks.js";
import { addMethods } from "./buffer-methods.js";
import { addNumbers } from "./buffer-numbers.js";
import { addSearches } from "./buffer-search.js";

const MAX_SHOWN = 50;
const MAX_LENGTH = 2 ** 53 - 1;
const MAX_STRING_LENGTH = 2 ** 29 - 24;

const { isEncoding, byteLength } = Buffer;
const { toString } = Buffer.prototype;
const fromPackage = Buffer.from;

/** @param {unknown} encoding */
const isBase64Url = (encoding) => typeof encoding === "string" && encoding.toLowerCase() === "base64url";
/** @param {any} encoding */
const known = (encoding) => (isBase64Url(encoding) ? "base64" : encoding);

const FIRST_ARGUMENT = "of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object";

const more = {
  /** @param {any} value @param {any} encodingOrOffset @param {any} [length] */
  from(value, encodingOrOffset, length) {
    if (typeof value === "string" && encodingOrOffset !== undefined && !Buffer.isEncoding(encodingOrOffset) && typeof encodingOrOffset === "string" && encodingOrOffset !== "") {
      throw unknownEncoding(encodingOrOffset);
    }
    if (value === null || value === undefined || (typeof value !== "string" && typeof value !== "object")) {
      throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", firstArgument(FIRST_ARGUMENT, value));
    }
    if (value instanceof ArrayBuffer) {
      const offset = +(encodingOrOffset ?? 0) || 0;
      if (value.byteLength < offset) throw outOfBounds("offset");
      if (length !== undefined && +length > value.byteLength - offset) throw outOfBounds("length");
    }
    try {
      return fromPackage(value, known(encodingOrOffset), length);
    } catch (error) {
      if (!/^The first argument must be/.test(/** @type {Error} */ (error).message)) throw error;
      throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", firstArgument(FIRST_ARGUMENT, value));
    }
  },
  /** @param {any} view @param {number} [offset] in items of the view @param {number} [length] */
  copyBytesFrom(view, offset, length) {
    if (!ArrayBuffer.isView(view) || view instanceof DataView) throw invalidArgument("view", "an instance of TypedArray", view);
    const from = index("offset", offset, 0);
    const part = /** @type {any} */ (view).slice(from, from + index("length", length, Infinity));
    return fromPackage(part.buffer, part.byteOffset, part.byteLength);
  },
  /** @param {unknown} encoding */
  isEncoding: (encoding) => isBase64Url(encoding) || isEncoding(/** @type {any} */ (encoding)),
  /** @param {any} text @param {any} encoding */
  byteLength(text, encoding) {
    if (typeof text === "string" || ArrayBuffer.isView(text) || text instanceof ArrayBuffer) return byteLength(/** @type {any} */ (text), known(encoding));
    throw invalidArgument("string", "of type string or an instance of Buffer or ArrayBuffer", text);
  },
};

/** What the encoding has no byte for is a question mark. @param {string} text @param {string} encoding */
function encodable(text, encoding) {
  if (/^ascii$/i.test(encoding)) return text.replace(/[^\0-\x7f]/gu, "?");
  return /^(?:latin1|binary)$/i.test(encoding) ? text.replace(/[^\0-\xff]/gu, "?") : text;
}

/** @param {string} types @param {unknown} value */
const firstArgument = (types, value) => invalidArgument("first argument", types, value).message.replace('"first argument" argument', "first argument");

const morePrototype = {
  /** @this {Buffer} */
  [Symbol.for("nodejs.util.inspect.custom")]() {
    const bytes = toString.call(this, "hex", 0, MAX_SHOWN).replace(/..(?!$)/g, "$& ");
    const more = this.length - MAX_SHOWN;
    return `<Buffer ${bytes}${more > 0 ? ` ... ${more} more byte${more > 1 ? "s" : ""}` : ""}>`;
  },
};

addSearches(Buffer);
addNumbers(Buffer.prototype);
Object.assign(Buffer, more, { poolSize: 65536 });
Object.assign(Buffer.prototype, morePrototype);

const isBytes = (/** @type {unknown} */ value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;

/** @param {any} bytes */
function view(bytes) {
  if (!isBytes(bytes)) throw invalidArgument("input", "an instance of ArrayBuffer, Buffer, or TypedArray", bytes);
  return ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);
}

/** @param {unknown} text */
function btoa(text) {
  if (arguments.length === 0) throw nodeError(TypeError, "ERR_MISSING_ARGS", 'The "input" argument must be specified');
  const latin = `${text}`;
  if (/[^\0-\xff]/.test(latin)) throw new DOMException("Invalid character", "InvalidCharacterError");
  return Buffer.from(latin, "latin1").toString("base64");
}

/** @param {unknown} text */
function atob(text) {
  if (arguments.length === 0) throw nodeError(TypeError, "ERR_MISSING_ARGS", 'The "input" argument must be specified');
  const clean = `${text}`.replace(/[\t\n\f\r ]/g, "");
  const body = clean.length % 4 === 0 ? clean.replace(/={1,2}$/, "") : clean;
  if (/[^A-Za-z0-9+/]/.test(body)) throw new DOMException("Invalid character", "InvalidCharacterError");
  if (body.length % 4 === 1) throw new DOMException("The string to be decoded is not correctly encoded.", "InvalidCharacterError");
  return Buffer.from(body, "base64").toString("latin1");
}

/** @param {Kit} kit */
export default function buffer(kit) {
  addMethods(Buffer, (value) => kit.printer.inspect(value));
  const decoder = () => new (kit.builtin("internal/encoding").TextDecoder)("utf-8", { fatal: true });
  return {
    Buffer,
    /** @param {Uint8Array} source @param {any} from @param {any} to */
    transcode: (source, from, to) => Buffer.from(encodable(Buffer.from(source).toString(from), to), to),
    /** @param {unknown} bytes */
    isUtf8(bytes) {
      try {
        decoder().decode(view(bytes));
        return true;
      } catch {
        return false;
      }
    },
    /** @param {unknown} bytes */
    isAscii: (bytes) => view(bytes).every((byte) => byte < 0x80),
    kMaxLength: MAX_LENGTH,
    kStringMaxLength: MAX_STRING_LENGTH,
    btoa,
    atob,
    constants: { MAX_LENGTH, MAX_STRING_LENGTH },
    INSPECT_MAX_BYTES: MAX_SHOWN,
    ...createBlobs(Buffer, () => kit.builtin("stream/web")),
  };
}
