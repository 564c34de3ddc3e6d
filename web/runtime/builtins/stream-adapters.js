// Between Node's streams and web streams: the functions `fromWeb` and `toWeb` of Readable, Writable and Duplex, which
// npm readable-stream has not. Backpressure goes through in both directions, and so do errors and cancellation.

import { invalidArgument } from "../errors.js";

/**
 * @param {any} streams node:stream, whose classes get the functions
 * @param {import("../kit.js").Kit} kit
 */
export function installAdapters(streams, kit) {
  const { Readable, Writable, Duplex, finished } = streams;
  const web = () => kit.builtin("stream/web");
  const { Buffer } = kit.builtin("buffer");

  /** @param {string} name @param {unknown} value @param {string} kind a class of web streams */
  function requireWeb(name, value, kind) {
    const what = name.includes(".") ? "property" : "argument";
    if (!(value instanceof web()[kind])) throw withWhat(invalidArgument(name, `an instance of ${kind}`, value), what);
  }

  /** The functions that read out of a web stream, for a stream of Node. @param {any} readable */
  function reading(readable) {
    const reader = readable.getReader();
    let closed = false;
    reader.closed.then(
      () => void (closed = true),
      () => void (closed = true),
    );
    return {
      closed: reader.closed,
      /** @this {any} */
      read() {
        reader.read().then(
          (/** @type {{ value: any, done: boolean }} */ { value, done }) => void this.push(done ? null : value),
          (/** @type {any} */ error) => this.destroy(error),
        );
      },
      /** @param {any} error */
      cancel: (error) => (closed ? Promise.resolve() : reader.cancel(error)),
    };
  }

  /** The functions that write into a web stream, for a stream of Node. @param {any} writable */
  function writing(writable) {
    const writer = writable.getWriter();
    let closed = false;
    writer.closed.then(
      () => void (closed = true),
      () => void (closed = true),
    );
    return {
      closed: writer.closed,
      /** @param {any} chunk @param {string} encoding @param {(error?: unknown) => void} callback */
      write(chunk, encoding, callback) {
        const given = typeof chunk === "string" && encoding !== "buffer" ? Buffer.from(chunk, encoding) : chunk;
        writer.ready.then(() => writer.write(given)).then(() => callback(), callback);
      },
      /** @param {(error?: unknown) => void} callback */
      final(callback) {
        if (closed) callback();
        else writer.close().then(() => callback(), callback);
      },
      /** @param {any} error */
      abort: (error) => (closed ? Promise.resolve() : error === null ? writer.close().catch(() => {}) : writer.abort(error)),
    };
  }

  /** @param {any} stream @param {Promise<unknown>} closed */
  const failWith = (stream, closed) => void closed.catch((error) => stream.destroy(error));

  Readable.fromWeb = named("fromWeb", (/** @type {any} */ readable, /** @type {any} */ options = {}) => {
    requireWeb("readableStream", readable, "ReadableStream");
    const { closed, read, cancel } = reading(readable);
    const { objectMode = false, highWaterMark, encoding, signal } = options;
    const stream = new Readable({
      objectMode,
      highWaterMark,
      encoding,
      signal,
      read,
      destroy(/** @type {any} */ error, /** @type {any} */ callback) {
        cancel(error).then(() => callback(error), callback);
      },
    });
    failWith(stream, closed);
    return stream;
  });

  Writable.fromWeb = named("fromWeb", (/** @type {any} */ writable, /** @type {any} */ options = {}) => {
    requireWeb("writableStream", writable, "WritableStream");
    const { closed, write, final, abort } = writing(writable);
    const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
    const stream = new Writable({
      highWaterMark,
      objectMode,
      decodeStrings,
      signal,
      write,
      final,
      destroy(/** @type {any} */ error, /** @type {any} */ callback) {
        abort(error).then(() => callback(error), callback);
      },
    });
    failWith(stream, closed);
    return stream;
  });

  Duplex.fromWeb = named("fromWeb", (/** @type {any} */ pair, /** @type {any} */ options = {}) => {
    requireWeb("pair.readable", pair?.readable, "ReadableStream");
    requireWeb("pair.writable", pair?.writable, "WritableStream");
    const source = reading(pair.readable);
    const sink = writing(pair.writable);
    const { allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark, signal } = options;
    const stream = new Duplex({
      allowHalfOpen,
      objectMode,
      encoding,
      decodeStrings,
      highWaterMark,
      signal,
      read: source.read,
      write: sink.write,
      final: sink.final,
      destroy(/** @type {any} */ error, /** @type {any} */ callback) {
        Promise.all([sink.abort(error), source.cancel(error)]).then(() => callback(error), callback);
      },
    });
    failWith(stream, source.closed);
    failWith(stream, sink.closed);
    return stream;
  });

  Readable.toWeb = named("toWeb", (/** @type {any} */ stream, /** @type {any} */ options = {}) => {
    if (typeof stream?._readableState !== "object") throw invalidArgument("streamReadable", "an stream.Readable", stream);
    const { ReadableStream } = web();
    const isObjects = stream.readableObjectMode;
    let cancelled = false;
    stream.pause();
    return new ReadableStream(
      {
        start(/** @type {any} */ controller) {
          stream.on("data", (/** @type {any} */ chunk) => {
            controller.enqueue(Buffer.isBuffer(chunk) && !isObjects ? new Uint8Array(chunk) : chunk);
            if (controller.desiredSize <= 0) stream.pause();
          });
          stream.pause();
          finished(stream, { writable: false }, (/** @type {any} */ error) => {
            // A stream that was destroyed before may still tell of it.
            stream.on("error", () => {});
            if (error) controller.error(error);
            else if (!cancelled) controller.close();
          });
        },
        pull: () => void stream.resume(),
        cancel(/** @type {any} */ reason) {
          cancelled = true;
          stream.destroy(reason);
        },
      },
      options.strategy ?? { highWaterMark: stream.readableHighWaterMark },
    );
  });

  Writable.toWeb = named("toWeb", (/** @type {any} */ stream) => {
    if (typeof stream?._writableState !== "object") throw invalidArgument("streamWritable", "an stream.Writable", stream);
    const { WritableStream } = web();
    return new WritableStream(
      {
        start(/** @type {any} */ controller) {
          finished(stream, { readable: false }, (/** @type {any} */ error) => {
            stream.on("error", () => {});
            if (error) controller.error(error);
          });
        },
        write: (/** @type {any} */ chunk) =>
          stream.writableNeedDrain || !stream.write(chunk) ? new Promise((resolve) => void stream.once("drain", resolve)) : undefined,
        abort: (/** @type {any} */ reason) => void stream.destroy(reason),
        close: () => new Promise((resolve) => void stream.end(resolve)),
      },
      { highWaterMark: stream.writableHighWaterMark },
    );
  });

  Duplex.toWeb = named("toWeb", (/** @type {any} */ stream) => {
    if (typeof stream?._writableState !== "object" || typeof stream._readableState !== "object") throw invalidArgument("duplex", "an stream.Duplex", stream);
    return { writable: Writable.toWeb(stream), readable: Readable.toWeb(stream) };
  });
}

/** @param {Error} error @param {string} what "argument" or "property" */
function withWhat(error, what) {
  error.message = error.message.replace("argument", what);
  return error;
}

/** @template {Function} F @param {string} name @param {F} value @returns {F} */
const named = (name, value) => Object.defineProperty(value, "name", { value: name });
