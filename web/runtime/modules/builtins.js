// Node's built-in modules: which names are built in, which of them Galley has, and their one instance a program.
// Small ones are made here from the runtime's parts; the others are chunks, loaded when first asked for.

/** @import { Host } from "../../protocol.d.ts" */
/** @import { Kit } from "../kit.js" */

import { nodeError } from "../errors.js";
import { undisturbed } from "../globals.js";

/** Built-ins that are a chunk of the same name. */
const CHUNKS = "assert buffer crypto dns events fs http http2 net os path punycode querystring stream test url util vm".split(" ");

/** Those whose chunk has another name. */
const NAMED_CHUNKS = /** @type {Record<string, string>} */ ({
  perf_hooks: "perfHooks",
  string_decoder: "stringDecoder",
  "stream/web": "webStreams",
  "timers/promises": "timersPromises",
  trace_events: "traceEvents",
  worker_threads: "workerThreads",
});

/** Those that share a chunk, since there is little to them. */
const LACKING = "async_hooks cluster dgram https readline tls v8".split(" ");

/** What stands before a chunk's name that is for the runtime alone. */
const INTERNAL = "internal/";

/** Built-ins that are a part of another. */
const PARTS = "assert/strict dns/promises fs/promises path/posix path/win32 readline/promises stream/promises stream/consumers util/types".split(" ");

const NODE_ONLY =
  "child_process constants diagnostics_channel domain inspector inspector/promises repl sys tty wasi zlib";

/** Names that need no "node:". */
const BARE = new Set(
  [...CHUNKS, ...Object.keys(NAMED_CHUNKS), ...LACKING, ...PARTS, ...NODE_ONLY.split(" "), "process", "console", "timers", "module"].filter(
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
    if (PARTS.includes(name)) {
      const [whole, part] = name.split("/");
      return load(whole)[part];
    }
    if (LACKING.includes(name)) return load("internal/lackingModules")[name];
    const chunk = name.startsWith(INTERNAL) ? name.slice(INTERNAL.length) : CHUNKS.includes(name) ? name : NAMED_CHUNKS[name];
    if (chunk !== undefined) return undisturbed(() => /** @type {any} */ (host.chunk(chunk))(kit));
    if (kit.packages.has(name)) return undisturbed(/** @type {() => any} */ (kit.packages.get(name)));
    if (name === "process") return kit.process;
    if (name === "console") return kit.console;
    if (name === "timers") return { ...kit.loop.globals, promises: load("timers/promises") };
    if (name === "module") return kit.module();
    return kit.unsupported(`node:${name}`);
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
      if (!specifier.startsWith("node:")) return BARE.has(specifier) || kit.packages.has(specifier) ? specifier : null;
      const name = specifier.slice("node:".length);
      if (BARE.has(name) || PREFIXED.has(name)) return name;
      throw nodeError(Error, "ERR_UNKNOWN_BUILTIN_MODULE", `No such built-in module: ${specifier}`);
    },
  };
}
