// node:stream/consumers: all that a stream of either kind, or an async iterable, has to give, as one value.

import { invalidArgument } from "../errors.js";
import { isBytes } from "./text-streams.js";

/** @param {import("../kit.js").Kit} kit */
export function createConsumers(kit) {
  const { Buffer, Blob: BufferBlob } = kit.builtin("buffer");
  const { TextDecoder } = kit.builtin("internal/encoding");

  /** @param {AsyncIterable<any>} stream */
  async function arrayBuffer(stream) {
    return (await blob(stream)).arrayBuffer();
  }
  /** @param {AsyncIterable<any>} stream @returns {Promise<Blob>} */
  async function blob(stream) {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    return new BufferBlob(chunks);
  }
  /** @param {AsyncIterable<any>} stream */
  async function buffer(stream) {
    return Buffer.from(await arrayBuffer(stream));
  }
  /** @param {AsyncIterable<any>} stream */
  async function bytes(stream) {
    return (await blob(stream)).bytes();
  }
  /** @param {AsyncIterable<any>} stream @returns {Promise<string>} */
  async function text(stream) {
    const decoder = new TextDecoder();
    let all = "";
    for await (const chunk of stream) {
      if (typeof chunk !== "string" && !isBytes(chunk)) throw invalidArgument("input", "an instance of ArrayBuffer or ArrayBufferView", chunk);
      all += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    }
    return all + decoder.decode();
  }
  /** @param {AsyncIterable<any>} stream */
  async function json(stream) {
    return JSON.parse(await text(stream));
  }
  return { arrayBuffer, blob, buffer, bytes, text, json };
}
