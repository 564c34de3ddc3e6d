// The event loop in virtual time: process.nextTick, timers by (time, id), immediates, in Node's order.
// The clock stands still while code runs and jumps to the next timer when nothing else is left, so waiting costs
// nothing. Microtasks are the engine's; the host drains them between the turns.

import { invalidArgument } from "./errors.js";
import { named } from "./values.js";

const { apply } = Reflect;
const { resolve } = Promise;
const { then } = Promise.prototype;
const MAX_DELAY = 2 ** 31 - 1;

/**
 * @typedef {ReturnType<typeof createLoop>} Loop
 * @typedef {(callback: () => void) => void} RunAuthorCode runs it with the error handling of the program
 */

/**
 * @param {object} needs
 * @param {RunAuthorCode} needs.run
 * @param {<F extends (...args: any[]) => void>(callback: F) => F} needs.keepStatements
 */
export function createLoop({ run, keepStatements }) {
  let now = 0;
  let lastId = 0;
  /** In order of (time, id). @type {Timeout[]} */
  const timers = [];
  /** @type {Immediate[]} */
  let immediates = [];
  /** Immediates of this pass: those that they add wait for the next one. @type {Immediate[]} */
  let batch = [];
  /** @type {(() => void)[]} */
  let tickQueue = [];

  /** @param {Timeout} timer */
  function arm(timer) {
    timer._idleStart = now;
    timer._destroyed = false;
    let at = timers.length;
    while (at > 0 && due(timers[at - 1]) > due(timer)) at--;
    timers.splice(at, 0, timer);
  }

  /** @param {Timeout} timer */
  function disarm(timer) {
    const at = timers.indexOf(timer);
    if (at >= 0) timers.splice(at, 1);
    timer._destroyed = true;
  }

  class Timeout {
    _idleTimeout;
    _idleStart = 0;
    _onTimeout;
    /** @type {unknown[] | undefined} */
    _timerArgs;
    /** @type {number | null} */
    _repeat;
    _destroyed = false;
    #id = ++lastId;
    #ref = true;

    /** @param {(...args: unknown[]) => void} callback @param {number} delay @param {unknown[]} args @param {boolean} repeat */
    constructor(callback, delay, args, repeat) {
      this._idleTimeout = delay;
      this._onTimeout = callback;
      this._timerArgs = args.length > 0 ? args : undefined;
      this._repeat = repeat ? delay : null;
      arm(this);
    }
    ref() {
      this.#ref = true;
      return this;
    }
    unref() {
      this.#ref = false;
      return this;
    }
    hasRef() {
      return this.#ref;
    }
    refresh() {
      disarm(this);
      arm(this);
      return this;
    }
    close() {
      disarm(this);
      return this;
    }
    [Symbol.toPrimitive]() {
      return this.#id;
    }
    [Symbol.dispose]() {
      disarm(this);
    }
  }

  class Immediate {
    _onImmediate;
    _argv;
    _destroyed = false;
    #ref = true;

    /** @param {(...args: unknown[]) => void} callback @param {unknown[]} args */
    constructor(callback, args) {
      this._onImmediate = callback;
      this._argv = args.length > 0 ? args : undefined;
    }
    ref() {
      this.#ref = true;
      return this;
    }
    unref() {
      this.#ref = false;
      return this;
    }
    hasRef() {
      return this.#ref;
    }
  }

  named("Timeout", Timeout);
  named("Immediate", Immediate);

  /** @param {Timeout} timer */
  function fire(timer) {
    timers.splice(timers.indexOf(timer), 1);
    run(() => apply(timer._onTimeout, timer, timer._timerArgs ?? []));
    if (timer._repeat !== null && !timer._destroyed) arm(timer);
    else if (!timers.includes(timer)) timer._destroyed = true;
  }

  /** @param {unknown} given a Timeout, its number or text */
  function clear(given) {
    const timer = given instanceof Timeout ? given : timers.find((timer) => `${+timer}` === `${given}`);
    if (timer) disarm(timer);
  }

  /** One immediate. False: none waits. */
  function runImmediate() {
    const immediate = batch.shift();
    if (!immediate) return false;
    if (!immediate._destroyed) {
      immediate._destroyed = true;
      run(() => apply(immediate._onImmediate, immediate, immediate._argv ?? []));
    }
    return true;
  }

  return {
    now: () => now,

    /** The start of a program takes a millisecond, as in Node: `setTimeout(f, 0)` comes before `setImmediate(g)`. */
    started() {
      now = Math.max(now, 1);
    },

    /** True if anything ran. */
    ticks() {
      if (tickQueue.length === 0) return false;
      // What has run is let go, though ticks go on to add others.
      while (tickQueue.length > 0) {
        const ticks = tickQueue;
        tickQueue = [];
        for (let i = 0; i < ticks.length; i++) run(ticks[i]);
      }
      return true;
    },

    /** One macrotask. False: nothing is left that would keep Node alive. */
    turn() {
      if (runImmediate()) return true;
      if (timers.length > 0 && due(timers[0]) <= now) {
        fire(timers[0]);
        return true;
      }
      if (immediates.length > 0) {
        batch = immediates;
        immediates = [];
        return runImmediate();
      }
      if (!timers.some((timer) => timer.hasRef())) return false;
      now = due(timers[0]);
      fire(timers[0]);
      return true;
    },

    /** Something waits that keeps Node alive. */
    hasWork: () => tickQueue.length + batch.length + immediates.length > 0 || timers.some((timer) => timer.hasRef()),

    /** @param {(...args: unknown[]) => void} callback @param {unknown[]} args */
    nextTick(callback, ...args) {
      requireCallback(callback);
      const kept = keepStatements(callback);
      tickQueue.push(() => apply(kept, undefined, args));
    },

    globals: {
      /** @param {(...args: unknown[]) => void} callback @param {number} [delay] @param {unknown[]} args */
      setTimeout(callback, delay, ...args) {
        requireCallback(callback);
        return new Timeout(keepStatements(callback), milliseconds(delay), args, false);
      },
      /** @param {(...args: unknown[]) => void} callback @param {number} [delay] @param {unknown[]} args */
      setInterval(callback, delay, ...args) {
        requireCallback(callback);
        return new Timeout(keepStatements(callback), milliseconds(delay), args, true);
      },
      /** @param {(...args: unknown[]) => void} callback @param {unknown[]} args */
      setImmediate(callback, ...args) {
        requireCallback(callback);
        const immediate = new Immediate(keepStatements(callback), args);
        immediates.push(immediate);
        return immediate;
      },
      /** @param {() => void} callback */
      queueMicrotask(callback) {
        requireCallback(callback);
        const kept = keepStatements(callback);
        apply(then, apply(resolve, Promise, []), [() => run(() => apply(kept, undefined, []))]);
      },
      /** @param {unknown} timer */
      clearTimeout: (timer) => clear(timer),
      /** @param {unknown} timer */
      clearInterval: (timer) => clear(timer),
      /** @param {unknown} immediate */
      clearImmediate(immediate) {
        if (immediate instanceof Immediate) immediate._destroyed = true;
      },
    },
  };
}

/** @param {{ _idleStart: number, _idleTimeout: number }} timer */
const due = (timer) => timer._idleStart + timer._idleTimeout;

/** Node's rule: what is no delay between 1 ms and 2^31 - 1 ms is 1 ms. @param {unknown} delay */
function milliseconds(delay) {
  const number = Number(delay);
  return number >= 1 && number <= MAX_DELAY ? Math.trunc(number) : 1;
}

/** @param {unknown} callback */
function requireCallback(callback) {
  if (typeof callback !== "function") throw invalidArgument("callback", "of type function", callback);
}
