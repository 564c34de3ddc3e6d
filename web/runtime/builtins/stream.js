// Chunk "stream": node:stream with its promises and consumers.

import { useKit } from "./kit-of-packages.js";

/** @param {import("../kit.js").Kit} kit */
export default function stream(kit) {
  useKit(kit);
  const exports = require("readable-stream/lib/stream.js");
  const { Buffer } = kit.builtin("buffer");

  /** @param {AsyncIterable<any>} source */
  async function buffer(source) {
    const parts = [];
    for await (const part of source) parts.push(Buffer.from(part));
    return Buffer.concat(parts);
  }
  /** @param {AsyncIterable<any>} source */
  const text = async (source) => (await buffer(source)).toString();
  const consumers = {
    /** @param {AsyncIterable<any>} source */
    arrayBuffer: async (source) => Uint8Array.from(await buffer(source)).buffer,
    /** @param {AsyncIterable<any>} source */
    blob: async (source) => new (kit.builtin("buffer").Blob)([await buffer(source)]),
    buffer,
    text,
    /** @param {AsyncIterable<any>} source */
    json: async (source) => JSON.parse(await text(source)),
  };
  Object.defineProperty(exports, "consumers", { value: consumers, configurable: true });
  return exports;
}
