// Node's built-in modules: which names are built in, which of them Galley has, and their one instance a program.
// Small ones are made here from the runtime's parts; the others are chunks, loaded when first asked for.

/** @import { Host } from "../../protocol.d.ts" */
/** @import { Kit } from "../kit.js" */

import { nodeError, unsupported } from "../errors.js";
import { withoutGlobals } from "../globals.js";

/** Built-ins that are a chunk, and the chunk's name. "internal/…" is for the runtime alone. */
const CHUNKS = /** @type {Record<string, string>} */ ({
  assert: "assert",
  buffer: "buffer",
  crypto: "crypto",
  events: "events",
  fs: "fs",
  os: "os",
  path: "path",
  perf_hooks: "perfHooks",
  querystring: "querystring",
  stream: "stream",
  string_decoder: "stringDecoder",
  test: "test",
  "stream/web": "webStreams",
  "timers/promises": "timersPromises",
  url: "url",
  util: "util",
  vm: "vm",
  structuredClone: "structuredClone",
  "internal/channel": "messageChannel",
  "internal/crypto-names": "cryptoNames",
  "internal/encoding": "encoding",
  "internal/events": "eventTarget",
  "internal/glob": "glob",
  "internal/key-derivation": "keyDerivation",
  "internal/legacy-url": "legacyUrl",
  "internal/mime": "mime",
  "internal/more-hashes": "moreHashes",
  "internal/parse-args": "parseArgs",
  "internal/process": "processDetails",
});

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
  "inspector/promises net punycode readline readline/promises repl sys tls trace_events tty v8 wasi " +
  "worker_threads zlib";

/** Names that need no "node:". */
const BARE = new Set(
  [...Object.keys(CHUNKS), ...Object.keys(PARTS), ...NODE_ONLY.split(" "), "process", "console", "timers", "module"].filter(
    (name) => name !== "test" && name !== "structuredClone" && !name.startsWith("internal/"),
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
    if (Object.hasOwn(CHUNKS, name)) return withoutGlobals(() => /** @type {any} */ (host.chunk(CHUNKS[name]))(kit));
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
