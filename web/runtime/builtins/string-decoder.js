// Chunk "stringDecoder": node:string_decoder.

import { useKit } from "./kit-of-packages.js";

/** @param {import("../kit.js").Kit} kit */
export default function stringDecoder(kit) {
  useKit(kit);
  const { Buffer } = kit.builtin("buffer");
  const { StringDecoder } = require("string_decoder/lib/string_decoder.js");
  const { write, end } = StringDecoder.prototype;
  /** The package takes Buffers only. @param {any} bytes */
  const asBuffer = (bytes) =>
    ArrayBuffer.isView(bytes) && !Buffer.isBuffer(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : bytes;
  /** @this {unknown} @param {unknown} bytes */
  StringDecoder.prototype.write = function (bytes) {
    return Reflect.apply(write, this, [asBuffer(bytes)]);
  };
  /** @this {unknown} @param {unknown} bytes */
  StringDecoder.prototype.end = function (bytes) {
    return Reflect.apply(end, this, [asBuffer(bytes)]);
  };
  return { StringDecoder };
}
