// The `process` object: Node's where a program can see it, fixed where a machine would show through. What few programs
// use is the chunk "processDetails", which fills in a property when it is first asked for.

/** @import { Loop } from "./loop.js" */
/** @import { Write } from "./console.js" */

import { invalidArgument } from "./errors.js";
import { named } from "./values.js";

/** The Node release whose behaviour is meant. */
const NODE_VERSION = "24.21.0";

/** Properties that the chunk makes. */
const DETAILS = (
  "versions release features config report hrtime memoryUsage cpuUsage resourceUsage constrainedMemory availableMemory " +
  "emitWarning umask chdir kill abort getuid geteuid getgid getegid getgroups getBuiltinModule stdin"
).split(" ");

/**
 * @typedef {ReturnType<typeof createProcess>} Process
 * @typedef {object} ProcessNeeds
 * @property {Loop} loop
 * @property {Write} write
 * @property {(code: number) => never} exit
 * @property {string} entry
 * @property {string} directory the working directory, which process.chdir changes
 * @property {(builtin: string) => any} load a built-in's exports
 */

/** @param {ProcessNeeds} needs */
export function createProcess(needs) {
  const { loop, exit, entry, load } = needs;
  /** @type {number | undefined} */
  let exitCode;

  const process = {
    version: `v${NODE_VERSION}`,
    arch: "x64",
    platform: "linux",
    title: "node",
    argv: ["/usr/bin/node", entry],
    execArgv: /** @type {string[]} */ ([]),
    execPath: "/usr/bin/node",
    argv0: "node",
    debugPort: 9229,
    env: environment(),
    pid: 1,
    ppid: 0,
    get exitCode() {
      return exitCode;
    },
    set exitCode(code) {
      exitCode = integerCode(code);
    },
    stdout: stream("stdout", 1, needs),
    stderr: stream("stderr", 2, needs),
    nextTick: loop.nextTick,
    cwd: () => needs.directory,
    uptime: () => loop.now() / 1000,
    /** @param {unknown} [code] */
    exit(code) {
      if (code !== undefined) exitCode = integerCode(code);
      return exit(exitCode ?? 0);
    },
    ...createHandlers(),
  };
  for (const name of DETAILS) defineDetail(process, name, () => load("internal/processDetails")[name]);
  // Its class is called "process", and events.js makes that a subclass of EventEmitter.
  const prototype = Object.create(Object.create(Object.prototype), { constructor: { value: named("process", class {}), configurable: true, writable: true } });
  Object.defineProperty(process, Symbol.toStringTag, { value: "process", configurable: true });
  Object.setPrototypeOf(process, prototype);
  return /** @type {typeof process & Record<string, any>} */ (process);
}

/** Empty; what is put into it becomes text. @returns {Record<string, string | undefined>} */
function environment() {
  return new Proxy(/** @type {Record<string, string | undefined>} */ ({}), {
    set(target, name, value) {
      return Reflect.set(target, name, typeof name === "string" ? `${value}` : value);
    },
    defineProperty(target, name, descriptor) {
      return Reflect.defineProperty(target, name, "value" in descriptor ? { ...descriptor, value: `${descriptor.value}` } : descriptor);
    },
  });
}

/** Node's: text, or digits; undefined for none. @param {any} code */
function integerCode(code) {
  if (code === undefined || code === null) return undefined;
  const number = typeof code === "string" && code !== "" ? Number(code) : code;
  if (typeof number !== "number" || Number.isNaN(number)) throw invalidArgument("code", "of type number", code);
  return number;
}

/** @param {object} process @param {string} name @param {() => unknown} make */
function defineDetail(process, name, make) {
  const become = (/** @type {unknown} */ value) => {
    Object.defineProperty(process, name, { value, writable: true, configurable: true, enumerable: true });
    return value;
  };
  Object.defineProperty(process, name, { get: () => become(make()), set: become, configurable: true, enumerable: true });
}

/** The part of an EventEmitter that programs use on `process`. */
function createHandlers() {
  /** @type {Map<string | symbol, Function[]>} */
  const lists = new Map();
  /** @param {string | symbol} event */
  const list = (event) => lists.get(event) ?? [];
  /** @param {boolean} first */
  const adder = (first) =>
    /** @this {any} @param {string | symbol} event @param {Function} handler */
    function on(event, handler) {
      if (typeof handler !== "function") throw invalidArgument("listener", "of type function", handler);
      lists.set(event, first ? [handler, ...list(event)] : [...list(event), handler]);
      return this;
    };
  const on = adder(false);
  /** @this {any} @param {string | symbol} event @param {Function} handler */
  function off(event, handler) {
    lists.set(event, list(event).filter((other) => other !== handler && /** @type {any} */ (other).listener !== handler));
    return this;
  }
  /** @this {any} @param {string | symbol} event @param {Function} handler */
  function once(event, handler) {
    /** @this {unknown} @param {unknown[]} args */
    function first(...args) {
      Reflect.apply(off, this, [event, first]);
      return Reflect.apply(handler, this, args);
    }
    return Reflect.apply(on, this, [event, Object.assign(first, { listener: handler })]);
  }
  named("addListener", on);
  named("removeListener", off);
  return {
    on,
    addListener: on,
    prependListener: named("prependListener", adder(true)),
    once: named("once", once),
    off,
    removeListener: off,
    /** @this {any} @param {string | symbol} [event] */
    removeAllListeners(event) {
      if (event === undefined) lists.clear();
      else lists.delete(event);
      return this;
    },
    /** @param {string | symbol} event */
    listeners: (event) => list(event).map((handler) => /** @type {any} */ (handler).listener ?? handler),
    /** @param {string | symbol} event */
    listenerCount: (event) => list(event).length,
    eventNames: () => [...lists.keys()].filter((event) => list(event).length > 0),
    /** @this {any} */
    setMaxListeners() {
      return this;
    },
    /** @this {unknown} @param {string | symbol} event @param {unknown[]} args */
    emit(event, ...args) {
      const handlers = list(event);
      for (const handler of handlers) Reflect.apply(handler, this, args);
      return handlers.length > 0;
    },
  };
}

/** @param {"stdout" | "stderr"} name @param {number} fd @param {ProcessNeeds} needs */
function stream(name, fd, { write, load, loop }) {
  return {
    fd,
    writable: true,
    /** @param {any} chunk @param {unknown[]} rest encoding, callback */
    write(chunk, ...rest) {
      if (typeof chunk !== "string" && !ArrayBuffer.isView(chunk)) {
        throw invalidArgument("chunk", "of type string or an instance of Buffer, TypedArray, or DataView", chunk);
      }
      write(name, typeof chunk === "string" ? chunk : load("buffer").Buffer.from(chunk).toString(), [chunk]);
      const callback = rest.at(-1);
      if (typeof callback === "function") loop.nextTick(/** @type {() => void} */ (callback));
      return true;
    },
    end() {},
    ...createHandlers(),
  };
}
