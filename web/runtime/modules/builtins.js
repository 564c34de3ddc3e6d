// Node's built-in modules: which names are built in, which of them Galley has, and their one instance a program.
// Small ones are made here from the runtime's parts; the others are chunks, loaded when first asked for.

/** @import { Host } from "../../protocol.d.ts" */
/** @import { Kit } from "../kit.js" */

import { nodeError, unsupported } from "../errors.js";
import { undisturbed } from "../globals.js";

/** Built-ins that are a chunk of the same name. */
const CHUNKS = "assert buffer crypto events fs os path punycode querystring stream test url util vm".split(" ");

/** Those whose chunk has another name. */
const NAMED_CHUNKS = /** @type {Record<string, string>} */ ({
  perf_hooks: "perfHooks",
  string_decoder: "stringDecoder",
  "stream/web": "webStreams",
  "timers/promises": "timersPromises",
});

/** What stands before a chunk's name that is for the runtime alone. */
const INTERNAL = "internal/";

/** A built-in that is a part of another, or another name of it. */
const PARTS = /** @type {Record<string, [string, string]>} */ ({
  "assert/strict": ["assert", "strict"],
  "fs/promises": ["fs", "promises"],
  "path/posix": ["path", "posix"],
  "path/win32": ["path", "win32"],
  "stream/promises": ["stream", "promises"],
  "stream/consumers": ["stream", "consumers"],
  "util/types": ["util", "types"],
});

const NODE_ONLY =
  "async_hooks child_process cluster constants dgram diagnostics_channel dns dns/promises domain http http2 https inspector " +
  "inspector/promises net readline readline/promises repl sys tls trace_events tty v8 wasi " +
  "worker_threads zlib";

/** Names that need no "node:". */
const BARE = new Set(
  [...CHUNKS, ...Object.keys(NAMED_CHUNKS), ...Object.keys(PARTS), ...NODE_ONLY.split(" "), "process", "console", "timers", "module"].filter(
    (name) => name !== "test",
  ),
);
const PREFIXED = new Set(["test", "test/reporters", "sqlite", "sea"]);

/** As node:module lists them. */
export const builtinNames = [...BARE, ...[...PREFIXED].map((name) => `node:${name}`)];

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
    const chunk = name.startsWith(INTERNAL) ? name.slice(INTERNAL.length) : CHUNKS.includes(name) ? name : NAMED_CHUNKS[name];
    if (chunk !== undefined) return undisturbed(() => /** @type {any} */ (host.chunk(chunk))(kit));
    if (name === "process") return kit.process;
    if (name === "console") return kit.console;
    if (name === "timers") return { ...kit.loop.globals, promises: load("timers/promises") };
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
    names: builtinNames,
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
