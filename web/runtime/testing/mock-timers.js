// Timers and a clock that a test moves by hand, as node:test's `mock.timers` and as Jest's fake timers.

/** @import { Kit } from "../kit.js" */

import { invalidArgument, nodeError } from "../errors.js";
import { hide } from "../values.js";
import { add, remove } from "./lists.js";

const { apply, construct, defineProperty, getOwnPropertyDescriptor } = Reflect;
const NativeDate = Date;
const APIS = ["setTimeout", "setInterval", "setImmediate", "Date"];

/** To run all is to come to an end. */
const MOST = 100_000;

/** @typedef {{ at: number, id: number, delay: number, every: number | null, run: () => void }} Timer */

/** @param {Kit} kit */
export function createTimers(kit) {
  let now = 0;
  let lastId = 0;
  let enabled = false;
  /** In order. @type {Timer[]} */
  let timers = [];
  /** @type {[any, string, PropertyDescriptor | undefined][]} */
  let replaced = [];

  class Timeout {
    timer;
    /** @param {Timer} timer */
    constructor(timer) {
      this.timer = timer;
    }
    ref() {
      return this;
    }
    unref() {
      return this;
    }
    hasRef() {
      return true;
    }
    refresh() {
      disarm(this.timer);
      this.timer.at = now + this.timer.delay;
      arm(this.timer);
      return this;
    }
    [Symbol.toPrimitive]() {
      return this.timer.id;
    }
  }

  /** @param {Timer} timer */
  function arm(timer) {
    let at = timers.length;
    while (at > 0 && timers[at - 1].at > timer.at) at--;
    timers.splice(at, 0, timer);
  }

  /** @param {Timer} timer */
  function disarm(timer) {
    remove(timers, timer);
  }

  /** @param {(...args: unknown[]) => void} callback @param {unknown} delay @param {unknown[]} args @param {boolean} repeats */
  function set(callback, delay, args, repeats) {
    if (typeof callback !== "function") throw invalidArgument("callback", "of type function", callback);
    const ms = Math.max(1, Number(delay) || 1);
    const timer = { at: now + ms, id: ++lastId, delay: ms, every: repeats ? ms : null, run: () => apply(callback, undefined, args) };
    arm(timer);
    return new Timeout(timer);
  }

  /** @param {any} given */
  function clear(given) {
    if (given instanceof Timeout) return disarm(given.timer);
    const found = timers.find(({ id }) => id === Number(given));
    if (found) disarm(found);
  }

  const functions = /** @type {Record<string, Function>} */ ({
    setTimeout: (/** @type {any} */ callback, /** @type {unknown} */ delay, /** @type {unknown[]} */ ...args) => set(callback, delay, args, false),
    setInterval: (/** @type {any} */ callback, /** @type {unknown} */ delay, /** @type {unknown[]} */ ...args) => set(callback, delay, args, true),
    setImmediate(/** @type {any} */ callback, /** @type {unknown[]} */ ...args) {
      const timer = { at: now, id: ++lastId, delay: 0, every: null, run: () => apply(callback, undefined, args) };
      arm(timer);
      return new Timeout(timer);
    },
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
  });

  /** @param {any} on @param {string} name @param {unknown} value */
  function replace(on, name, value) {
    add(replaced, [on, name, getOwnPropertyDescriptor(on, name)]);
    defineProperty(on, name, { value, writable: true, configurable: true, enumerable: getOwnPropertyDescriptor(on, name)?.enumerable ?? true });
  }

  function MockDate() {
    /** @this {any} @param {unknown[]} args */
    function Date(...args) {
      if (!new.target) return `${new NativeDate(now)}`;
      return construct(NativeDate, args.length === 0 ? [now] : args, new.target);
    }
    defineProperty(Date, "length", { value: 7, configurable: true });
    defineProperty(Date, "prototype", { value: NativeDate.prototype, writable: false });
    hide(Date, "now", () => now);
    hide(Date, "parse", NativeDate.parse);
    hide(Date, "UTC", NativeDate.UTC);
    defineProperty(Date, "isMock", { value: true });
    return Date;
  }

  /** @param {Timer} timer */
  function fire(timer) {
    disarm(timer);
    now = Math.max(now, timer.at);
    if (timer.every !== null) {
      timer.at += timer.every;
      arm(timer);
    }
    timer.run();
  }

  /** Runs what is due up to then. @param {number} until */
  function advanceTo(until) {
    for (let count = 0; timers.length > 0 && timers[0].at <= until; count++) {
      if (count > MOST) throw new Error(`Aborting after running ${MOST} timers, assuming an infinite loop!`);
      fire(timers[0]);
    }
    if (until < Infinity) now = until;
  }

  function requireEnabled() {
    if (!enabled) throw nodeError(Error, "ERR_INVALID_STATE", "Invalid state: You should enable MockTimers first by calling the .enable function");
  }

  /** @param {string[]} apis @param {number} start */
  function enable(apis, start) {
    now = start;
    enabled = true;
    const nodeTimers = kit.builtin("timers");
    for (const api of apis) {
      if (api === "Date") {
        replace(globalThis, "Date", MockDate());
        continue;
      }
      for (const name of [api, api.replace("set", "clear")]) {
        replace(globalThis, name, functions[name]);
        replace(nodeTimers, name, functions[name]);
      }
    }
    if (apis.includes("setTimeout")) {
      const promised = kit.builtin("timers/promises");
      replace(promised, "setTimeout", (/** @type {number} */ delay, /** @type {unknown} */ value) => new Promise((resolve) => void set(() => resolve(value), delay, [], false)));
    }
  }

  function restore() {
    for (let at = replaced.length - 1; at >= 0; at--) {
      const one = replaced[at];
      if (one[2]) defineProperty(one[0], one[1], one[2]);
      else delete one[0][one[1]];
    }
    replaced = [];
    timers = [];
    now = 0;
    enabled = false;
  }

  /** node:test's. */
  const node = {
    /** @param {{ apis?: string[], now?: number | Date }} [options] */
    enable(options = {}) {
      if (enabled) throw nodeError(Error, "ERR_INVALID_STATE", "Invalid state: MockTimers is already enabled!");
      const { apis = [...APIS, "scheduler.wait"], now: start = 0 } = options;
      for (const api of apis) {
        if (APIS.includes(api) || api === "scheduler.wait") continue;
        throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The property 'options.apis' option ${api} is not supported`);
      }
      enable(apis.filter((api) => APIS.includes(api)), +start);
    },
    tick(time = 1) {
      requireEnabled();
      if (time < 0) throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The argument 'time' must be positive integer. Received ${time}`);
      advanceTo(now + time);
    },
    runAll() {
      requireEnabled();
      if (timers.length > 0) advanceTo(timers[timers.length - 1].at);
    },
    setTime(time = 0) {
      requireEnabled();
      if (time < now) now = time;
      else advanceTo(time);
    },
    reset() {
      if (enabled) restore();
    },
    [Symbol.dispose]() {
      node.reset();
    },
  };

  /** Jest's. */
  const fake = {
    /** @param {{ now?: number | Date, doNotFake?: string[], toFake?: string[] }} [options] */
    use(options = {}) {
      if (enabled) restore();
      const chosen = APIS.filter((api) => !options.doNotFake?.includes(api) && (options.toFake?.includes(api) ?? true));
      enable(chosen, options.now === undefined ? NativeDate.now() : +options.now);
    },
    restore: () => restore(),
    /** @param {number | Date} [time] */
    setTime: (time) => void (now = time === undefined ? NativeDate.now() : +time),
    /** @param {number} ms */
    advance: (ms) => advanceTo(now + ms),
    runAll: () => advanceTo(Infinity),
    runPending() {
      const pending = timers.slice();
      for (let at = 0; at < pending.length; at++) if (timers.includes(pending[at])) fire(pending[at]);
    },
    next() {
      if (timers.length > 0) fire(timers[0]);
    },
    clear: () => void (timers = []),
    count: () => timers.length,
    /** @param {number} ms */
    async advanceAsync(ms) {
      const until = now + ms;
      for (let count = 0; count < MOST; count++) {
        for (let wait = 0; wait < 5; wait++) await null;
        if (timers.length === 0 || timers[0].at > until) break;
        fire(timers[0]);
      }
      if (until < Infinity) now = until;
    },
  };
  return { node, fake };
}
