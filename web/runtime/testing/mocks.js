// Chunk "testMocks": node:test's `mock`: functions that remember their calls, and timers that a test moves.

/** @import { Kit } from "../kit.js" */

import { invalidArgument, nodeError } from "../errors.js";
import { add } from "./lists.js";
import { createTimers } from "./mock-timers.js";

const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { freeze } = Object;
const NativeError = Error;

/** @param {Kit} kit */
export default function testMocks(kit) {
  /** @type {ReturnType<typeof createTimers> | undefined} */
  let shared;
  const timers = () => (shared ??= createTimers(kit));
  return { createMock: () => createMock(timers), fakeTimers: () => timers().fake };
}

/** Of one mock function. */
class MockFunctionContext {
  /** @type {any[]} */
  #calls = [];
  #implementation;
  #original;
  /** @type {Map<number, Function>} */
  #once = new Map();
  #restore;
  #times;

  /** @param {Function} original @param {Function} implementation @param {() => void} restore @param {number} times */
  constructor(original, implementation, restore, times) {
    this.#original = original;
    this.#implementation = implementation;
    this.#restore = restore;
    this.#times = times;
  }
  get calls() {
    return this.#calls.slice();
  }
  callCount() {
    return this.#calls.length;
  }
  /** @param {Function} implementation */
  mockImplementation(implementation) {
    if (typeof implementation !== "function") throw invalidArgument("implementation", "of type function", implementation);
    this.#implementation = implementation;
  }
  /** @param {Function} implementation @param {number} [onCall] */
  mockImplementationOnce(implementation, onCall) {
    if (typeof implementation !== "function") throw invalidArgument("implementation", "of type function", implementation);
    const call = onCall ?? this.#calls.length;
    if (call < this.#calls.length) throw nodeError(RangeError, "ERR_OUT_OF_RANGE", `The value of "onCall" is out of range. It must be >= ${this.#calls.length}. Received ${call}`);
    this.#once.set(call, implementation);
  }
  resetCalls() {
    this.#calls = [];
  }
  restore() {
    this.#implementation = this.#original;
    this.#restore();
  }
  /** @param {any} self @param {unknown[]} args @param {Function | undefined} target */
  called(self, args, target) {
    const number = this.#calls.length;
    const once = this.#once.get(number);
    this.#once.delete(number);
    let used = once ?? this.#implementation;
    if (number + 1 === this.#times) this.restore();
    let [result, error] = /** @type {[unknown, unknown]} */ ([undefined, undefined]);
    try {
      if (target === undefined) result = apply(used, self, args);
      else self = result = construct(used, args, target);
      return result;
    } catch (thrown) {
      error = thrown;
      throw thrown;
    } finally {
      add(this.#calls, { arguments: args, error, result, stack: new NativeError(), target, this: self });
    }
  }
}
const called = MockFunctionContext.prototype.called;
delete (/** @type {any} */ (MockFunctionContext.prototype).called);
freeze(MockFunctionContext.prototype);

/** @param {() => ReturnType<typeof createTimers>} timers */
function createMock(timers) {
  /** @type {MockFunctionContext[]} */
  let made = [];

  /** @param {Function} original @param {Function} implementation @param {() => void} restore @param {any} options */
  function mockOf(original, implementation, restore, options) {
    const context = new MockFunctionContext(original, implementation, restore, options?.times ?? Infinity);
    add(made, context);
    // A proxy, so that it looks like what it stands for.
    /** @type {any} */
    const mock = new Proxy(original, {
      apply: (_target, self, args) => apply(called, context, [self, args, undefined]),
      construct: (target, args, newTarget) => /** @type {object} */ (apply(called, context, [undefined, args, newTarget === mock ? target : newTarget])),
      get: (target, key, receiver) => (key === "mock" ? context : Reflect.get(target, key, receiver)),
    });
    return mock;
  }

  /** @param {any} object @param {PropertyKey} name */
  function find(object, name) {
    for (let at = object; at !== null && at !== undefined; at = getPrototypeOf(Object(at))) {
      const found = getOwnPropertyDescriptor(Object(at), name);
      if (found) return found;
    }
    return undefined;
  }

  /** @param {any} object @param {PropertyKey} name @param {any} implementation @param {any} options @param {"value" | "get" | "set"} part */
  function replaceMethod(object, name, implementation, options, part) {
    const found = find(object, name);
    const original = found?.[part];
    if (typeof original !== "function") throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The argument 'methodName' must be a method. Received ${typeof original === "undefined" ? "undefined" : String(original)}`);
    const own = getOwnPropertyDescriptor(object, name);
    const restore = () => void (own ? defineProperty(object, name, own) : delete object[name]);
    const mock = mockOf(original, implementation ?? original, restore, options);
    if (!defineProperty(object, name, { ...found, configurable: true, [part]: mock })) throw new TypeError(`Cannot redefine property: ${String(name)}`);
    return mock;
  }

  const mock = {
    /** @param {any} [original] @param {any} [implementation] @param {any} [options] */
    fn(original, implementation, options) {
      if (original !== null && typeof original === "object") [options, original] = [original, undefined];
      else if (implementation !== null && typeof implementation === "object") [options, implementation] = [implementation, undefined];
      const base = original ?? function () {};
      return mockOf(base, implementation ?? base, () => {}, options);
    },
    /** @param {any} object @param {PropertyKey} name @param {any} [implementation] @param {any} [options] */
    method(object, name, implementation, options) {
      if (implementation !== null && typeof implementation === "object") [options, implementation] = [implementation, undefined];
      if (object === null || (typeof object !== "object" && typeof object !== "function")) throw invalidArgument("object", "of type object", object);
      return replaceMethod(object, name, implementation, options, options?.getter ? "get" : options?.setter ? "set" : "value");
    },
    /** @param {any} object @param {PropertyKey} name @param {any} [implementation] @param {any} [options] */
    getter: (object, name, implementation, options) => mock.method(object, name, implementation, { ...options, getter: true }),
    /** @param {any} object @param {PropertyKey} name @param {any} [implementation] @param {any} [options] */
    setter: (object, name, implementation, options) => mock.method(object, name, implementation, { ...options, setter: true }),
    reset() {
      mock.restoreAll();
      made = [];
      if (clock !== null) clock.reset();
    },
    restoreAll() {
      for (let at = made.length - 1; at >= 0; at--) made[at].restore();
    },
    get timers() {
      return (clock ??= timers().node);
    },
  };
  /** @type {ReturnType<typeof createTimers>["node"] | null} */
  let clock = null;
  return freeze(mock);
}
