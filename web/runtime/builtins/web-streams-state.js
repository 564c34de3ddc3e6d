// What Node's streams ask of a web stream: whether it is errored, disturbed, readable or writable, when it is closed, and
// a way to make it fail. The package tells each change of state by assigning `_state`, which is an accessor here.

const { defineProperty } = Object;
const symbol = (/** @type {string} */ name) => Symbol.for(`nodejs.${name}`);

/** @type {WeakMap<object, { state: string, closed: PromiseWithResolvers<void> }>} */
const states = new WeakMap();

/** @param {any} ReadableStream @param {any} WritableStream */
export function tellStates(ReadableStream, WritableStream) {
  for (const Class of [ReadableStream, WritableStream]) {
    const { prototype } = Class;
    defineProperty(prototype, "_state", {
      get() {
        return states.get(this)?.state;
      },
      set(state) {
        const known = states.get(this);
        if (known) known.state = state;
        else states.set(this, { state, closed: unheard() });
        const { closed } = /** @type {{ closed: PromiseWithResolvers<void> }} */ (states.get(this));
        if (state === "closed") closed.resolve();
        // What it failed with is assigned next.
        else if (state === "errored") Promise.resolve().then(() => closed.reject(this._storedError));
      },
      configurable: true,
    });
    hidden(prototype, "webstream.isClosedPromise", (stream) => states.get(stream)?.closed);
    hidden(prototype, "webstream.controllerErrorFunction", (stream) => (/** @type {unknown} */ error) => (stream._readableStreamController ?? stream._writableStreamController).error(error));
    hidden(prototype, "stream.errored", (stream) => stream._state === "errored");
  }
  hidden(ReadableStream.prototype, "stream.disturbed", (stream) => stream._disturbed);
  hidden(ReadableStream.prototype, "stream.readable", (stream) => stream._state === "readable");
  hidden(WritableStream.prototype, "stream.writable", (stream) => stream._state === "writable");
}

/** A promise whose rejection nobody has to handle. @returns {PromiseWithResolvers<void>} */
function unheard() {
  const closed = /** @type {PromiseWithResolvers<void>} */ (Promise.withResolvers());
  closed.promise.catch(() => {});
  return closed;
}

/** @param {object} prototype @param {string} name @param {(stream: any) => unknown} tell */
function hidden(prototype, name, tell) {
  defineProperty(prototype, symbol(name), {
    get() {
      return tell(this);
    },
    configurable: true,
  });
}
