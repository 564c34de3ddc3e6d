// The `process` object: Node's where a program can see it, fixed where a machine would show through.

/** @import { Loop } from "./loop.js" */
/** @import { Write } from "./console.js" */

import { wellFormed } from "./values.js";

/** The Node release whose behaviour is meant. */
const NODE_VERSION = "24.0.0";

/**
 * @typedef {ReturnType<typeof createProcess>} Process
 * @param {object} needs
 * @param {Loop} needs.loop
 * @param {Write} needs.write
 * @param {(code: number) => never} needs.exit
 * @param {string} needs.entry
 */
export function createProcess({ loop, write, exit, entry }) {
  const handlers = createHandlers();
  const nanoseconds = () => BigInt(Math.round(loop.now() * 1e6));

  /** @param {[number, number]} [since] @returns {[number, number]} */
  function hrtime(since) {
    const now = loop.now();
    const at = /** @type {[number, number]} */ ([Math.floor(now / 1000), Math.round((now % 1000) * 1e6)]);
    if (!since) return at;
    const [seconds, nanos] = [at[0] - since[0], at[1] - since[1]];
    return nanos < 0 ? [seconds - 1, nanos + 1e9] : [seconds, nanos];
  }
  hrtime.bigint = nanoseconds;

  const process = {
    title: "node",
    version: `v${NODE_VERSION}`,
    versions: { node: NODE_VERSION },
    arch: "x64",
    platform: "linux",
    argv: ["/usr/bin/node", entry],
    execArgv: [],
    execPath: "/usr/bin/node",
    env: /** @type {Record<string, string>} */ ({}),
    pid: 1,
    ppid: 0,
    exitCode: /** @type {number | undefined} */ (undefined),
    release: { name: "node" },
    stdout: stream("stdout", 1, write),
    stderr: stream("stderr", 2, write),
    nextTick: loop.nextTick,
    cwd: () => "/",
    uptime: () => loop.now() / 1000,
    hrtime,
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
    cpuUsage: () => ({ user: 0, system: 0 }),
    umask: () => 0o022,
    /** @param {unknown} [code] */
    exit(code) {
      const number = Number(code ?? process.exitCode ?? 0);
      process.exitCode = number;
      return exit(number);
    },
    /** @param {unknown} warning */
    emitWarning(warning) {
      write("stderr", `(node:1) ${warning instanceof Error ? warning : `Warning: ${warning}`}\n`, [warning]);
    },
    ...handlers,
  };
  Object.defineProperty(process, Symbol.toStringTag, { value: "process", configurable: true });
  return process;
}

/** The part of an EventEmitter that programs use on `process`. */
function createHandlers() {
  /** @type {Map<string, Function[]>} */
  const lists = new Map();
  /** @this {any} @param {string} event @param {Function} handler */
  function on(event, handler) {
    lists.set(event, [...(lists.get(event) ?? []), handler]);
    return this;
  }
  /** @this {any} @param {string} event @param {Function} handler */
  function off(event, handler) {
    lists.set(event, (lists.get(event) ?? []).filter((other) => other !== handler && /** @type {any} */ (other).handler !== handler));
    return this;
  }
  /** @this {any} @param {string} event @param {Function} handler */
  function once(event, handler) {
    /** @this {unknown} @param {unknown[]} args */
    function first(...args) {
      Reflect.apply(off, this, [event, first]);
      return Reflect.apply(handler, this, args);
    }
    return Reflect.apply(on, this, [event, Object.assign(first, { handler })]);
  }
  return {
    on,
    addListener: on,
    once,
    off,
    removeListener: off,
    /** @param {string} event */
    listeners: (event) => lists.get(event) ?? [],
    /** @param {string} event */
    listenerCount: (event) => (lists.get(event) ?? []).length,
    /** @this {unknown} @param {string} event @param {unknown[]} args */
    emit(event, ...args) {
      const handlers = lists.get(event) ?? [];
      for (const handler of handlers) Reflect.apply(handler, this, args);
      return handlers.length > 0;
    },
  };
}

/** @param {"stdout" | "stderr"} name @param {number} fd @param {Write} write */
function stream(name, fd, write) {
  return {
    fd,
    isTTY: false,
    writable: true,
    /** @param {unknown} chunk @param {unknown[]} rest encoding, callback */
    write(chunk, ...rest) {
      write(name, wellFormed(String(chunk)), [chunk]);
      const callback = rest.at(-1);
      if (typeof callback === "function") callback();
      return true;
    },
    end() {},
    on() {
      return this;
    },
    once() {
      return this;
    },
  };
}
