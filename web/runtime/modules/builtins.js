// Node's built-in modules: which names are built in, which of them Galley has, and their one instance a program.
// Small ones are made here from the runtime's parts; the others are chunks, loaded when first asked for.

/** @import { Host } from "../../protocol.d.ts" */
/** @import { Kit } from "../kit.js" */

import { nodeError, unsupported } from "../errors.js";

/** Built-ins that are a chunk of the same name. */
const CHUNKS = new Set(["assert", "events", "path", "test", "util"]);

/** A built-in that is a part of another, or another name of it. */
const PARTS = /** @type {Record<string, [string, string]>} */ ({
  "assert/strict": ["assert", "strict"],
  "path/posix": ["path", "posix"],
  "util/types": ["util", "types"],
  "timers/promises": ["timers", "promises"],
});

const NODE_ONLY =
  "async_hooks buffer child_process cluster constants crypto dgram diagnostics_channel dns dns/promises domain fs " +
  "fs/promises http http2 https inspector module net os path/win32 punycode querystring readline readline/promises repl " +
  "stream stream/consumers stream/promises stream/web string_decoder sys tls trace_events tty url v8 vm wasi " +
  "worker_threads zlib";

/** Names that need no "node:". */
const BARE = new Set(
  [...CHUNKS, ...Object.keys(PARTS), ...NODE_ONLY.split(" "), "process", "console", "timers", "perf_hooks"].filter((name) => name !== "test"),
);
const PREFIXED = new Set(["test", "test/reporters", "sqlite", "sea"]);

/**
 * @typedef {ReturnType<typeof createBuiltins>} Builtins
 * @param {Host} host
 * @param {Kit} kit
 */
export function createBuiltins(host, kit) {
  /** @type {Map<string, any>} */
  const loaded = new Map();

  /** @param {string} name @returns {any} */
  function make(name) {
    if (Object.hasOwn(PARTS, name)) return load(PARTS[name][0])[PARTS[name][1]];
    if (CHUNKS.has(name)) return /** @type {any} */ (host.chunk(name))(kit);
    if (name === "process") return kit.process;
    if (name === "console") return kit.console;
    if (name === "timers") return { ...kit.loop.globals, promises: timerPromises(kit.loop.globals) };
    if (name === "perf_hooks") return { performance: globalThis.performance };
    if (name === "module") return kit.module();
    throw unsupported(`node:${name}`);
  }

  /** @param {string} name without "node:" */
  function load(name) {
    if (!loaded.has(name)) loaded.set(name, make(name));
    return loaded.get(name);
  }

  return {
    load,
    /**
     * The built-in's name without "node:"; null for what is none.
     * @param {string} specifier
     * @returns {string | null}
     */
    nameOf(specifier) {
      if (!specifier.startsWith("node:")) return BARE.has(specifier) ? specifier : null;
      const name = specifier.slice("node:".length);
      if (BARE.has(name) || PREFIXED.has(name)) return name;
      throw nodeError(Error, "ERR_UNKNOWN_BUILTIN_MODULE", `No such built-in module: ${specifier}`);
    },
  };
}

/** node:timers/promises. @param {import("../loop.js").Loop["globals"]} globals */
function timerPromises({ setTimeout, setImmediate }) {
  return {
    /** @param {number} delay @param {unknown} value */
    setTimeout: (delay, value) => new Promise((resolve) => setTimeout(resolve, delay, value)),
    /** @param {unknown} value */
    setImmediate: (value) => new Promise((resolve) => setImmediate(resolve, value)),
  };
}
