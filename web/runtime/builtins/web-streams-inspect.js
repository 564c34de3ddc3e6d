// How web streams print: what Node 24 shows of each class, read from the properties in which npm web-streams-polyfill
// keeps a stream's state.

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** What is shown of an object, by its class. @type {Record<string, (it: any) => object>} */
const SHOWN = {
  ReadableStream: (it) => ({ locked: it.locked, state: it._state, supportsBYOB: "_pendingPullIntos" in it._readableStreamController }),
  ReadableStreamDefaultReader: (it) => ({ stream: it._ownerReadableStream, readRequests: it._readRequests.length, close: it._closedPromise }),
  ReadableStreamBYOBReader: (it) => ({ stream: it._ownerReadableStream, readIntoRequests: it._readIntoRequests.length, close: it._closedPromise }),
  ReadableStreamBYOBRequest: (it) => ({ view: it._view, controller: it._associatedReadableByteStreamController }),
  ReadableByteStreamController: () => ({}),
  ReadableStreamDefaultController: () => ({}),
  TransformStream: (it) => ({ readable: it._readable, writable: it._writable, backpressure: it._backpressure }),
  TransformStreamDefaultController: (it) => ({ stream: it._controlledTransformStream }),
  // A stream that is about to be errored still counts as writable until its running write has ended.
  WritableStream: (it) => ({ locked: it.locked, state: it._state }),
  WritableStreamDefaultWriter: (it) => ({ stream: it._ownerWritableStream, close: it._closedPromise, ready: it._readyPromise, desiredSize: it.desiredSize }),
  WritableStreamDefaultController: (it) => ({ stream: it._controlledWritableStream }),
  ByteLengthQueuingStrategy: (it) => ({ highWaterMark: it.highWaterMark }),
  CountQueuingStrategy: (it) => ({ highWaterMark: it.highWaterMark }),
  TextEncoderStream: ({ encoding, readable, writable }) => ({ encoding, readable, writable }),
  TextDecoderStream: ({ encoding, fatal, ignoreBOM, readable, writable }) => ({ encoding, fatal, ignoreBOM, readable, writable }),
};

/** @param {Record<string, any>} classes */
export function printAsNode(classes) {
  for (const [name, Class] of Object.entries(classes)) {
    /** @this {any} @param {number} depth @param {{ depth: number | null }} options @param {Function} inspect */
    const value = function (depth, options, inspect) {
      // Node's gives nothing here, and an array too deep shows that.
      if (depth < 0) return undefined;
      return `${name} ${inspect(SHOWN[name](this), { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
    };
    Object.defineProperty(Class.prototype, inspectCustom, { value, writable: true, configurable: true });
  }
}
