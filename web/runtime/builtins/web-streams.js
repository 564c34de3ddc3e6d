// Chunk "webStreams": node:stream/web and the globals of the same names, made of npm web-streams-polyfill. Here stands
// what is Node's: how they print, and the streams that encode and decode text. Compression is not there.

import * as streams from "web-streams-polyfill";
import { nodeError } from "../errors.js";
import { printAsNode } from "./web-streams-inspect.js";
import { createTextStreams } from "./text-streams.js";
import { tellStates } from "./web-streams-state.js";

/** @param {import("../kit.js").Kit} kit */
export default function webStreams(kit) {
  const { inspect } = kit.printer;
  const { ReadableStream, ReadableStreamDefaultReader, ReadableStreamBYOBReader, ReadableStreamBYOBRequest } = streams;
  const { ReadableByteStreamController, ReadableStreamDefaultController } = streams;
  const { TransformStream, TransformStreamDefaultController } = streams;
  const { WritableStream, WritableStreamDefaultWriter, WritableStreamDefaultController } = streams;
  const { ByteLengthQueuingStrategy, CountQueuingStrategy } = streams;
  const { TextEncoderStream, TextDecoderStream } = createTextStreams(TransformStream, kit.builtin("internal/encoding"));
  const exports = {
    ReadableStream,
    ReadableStreamDefaultReader,
    ReadableStreamBYOBReader,
    ReadableStreamBYOBRequest,
    ReadableByteStreamController,
    ReadableStreamDefaultController,
    TransformStream,
    TransformStreamDefaultController,
    WritableStream,
    WritableStreamDefaultWriter,
    WritableStreamDefaultController,
    ByteLengthQueuingStrategy,
    CountQueuingStrategy,
    TextEncoderStream,
    TextDecoderStream,
  };
  tellStates(ReadableStream, WritableStream);
  printAsNode(exports);
  tellOfNotIterable(ReadableStream, inspect);
  return exports;
}

/** `ReadableStream.from` names what it was given. @param {any} ReadableStream @param {(value: unknown) => string} inspect */
function tellOfNotIterable(ReadableStream, inspect) {
  const make = ReadableStream.from;
  const { from } = {
    /** @param {any} iterable */
    from(iterable) {
      const isIterable = iterable !== null && iterable !== undefined && (iterable[Symbol.asyncIterator] ?? iterable[Symbol.iterator]) !== undefined;
      if (!isIterable) throw nodeError(TypeError, "ERR_ARG_NOT_ITERABLE", `${inspect(iterable)} must be iterable`);
      return make.call(ReadableStream, iterable);
    },
  };
  ReadableStream.from = from;
}
