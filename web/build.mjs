// Bundles the JavaScript: `node build.mjs OUTDIR`.
//   OUTDIR/quickjs/NAME.js   ES modules with a default export and no imports, for the engine in the binary
//   OUTDIR/page/galley.js    what a page of a book loads
//   OUTDIR/page/sandbox.js   sets globalThis.galleySandbox to the text of the worker that runs programs
// Called by build.rs, and by `npm run build`.

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { inspectPatches } from "./build/inspect-patches.mjs";
import { providedModules } from "./build/provided.mjs";

const web = dirname(fileURLToPath(import.meta.url));

/** Chunk name to source file. */
export const CHUNKS = {
  runtime: "runtime/index.js",
  tools: "tools/index.js",
  assert: "runtime/builtins/assert.js",
  buffer: "runtime/builtins/buffer.js",
  crypto: "runtime/builtins/crypto.js",
  encoding: "runtime/builtins/encoding.js",
  events: "runtime/builtins/events.js",
  eventTarget: "runtime/builtins/event-target.js",
  fs: "runtime/builtins/fs.js",
  inspect: "runtime/builtins/inspect.js",
  legacyUrl: "runtime/builtins/legacy-url.js",
  messageChannel: "runtime/builtins/message-channel.js",
  module: "runtime/builtins/module.js",
  navigator: "runtime/builtins/navigator.js",
  os: "runtime/builtins/os.js",
  parseArgs: "runtime/builtins/parse-args.js",
  path: "runtime/builtins/path.js",
  perfHooks: "runtime/builtins/perf-hooks.js",
  processDetails: "runtime/builtins/process-details.js",
  querystring: "runtime/builtins/querystring.js",
  stream: "runtime/builtins/stream.js",
  stringDecoder: "runtime/builtins/string-decoder.js",
  structuredClone: "runtime/builtins/structured-clone.js",
  test: "runtime/builtins/test.js",
  timersPromises: "runtime/builtins/timers-promises.js",
  url: "runtime/builtins/url.js",
  util: "runtime/builtins/util.js",
};

/** What all bundles have in common. @type {import("esbuild").BuildOptions} */
export const common = {
  absWorkingDir: web,
  bundle: true,
  minify: true,
  // Programs see names of the runtime's classes and functions: `Timeout {…}`, `[Function: log]`.
  keepNames: true,
  charset: "utf8",
  legalComments: "none",
  target: "es2023",
  platform: "neutral",
  define: { global: "globalThis" },
  mainFields: ["module", "main"],
  plugins: [inspectPatches, providedModules],
  logLevel: "warning",
};

/** @param {string} outdir */
export async function bundle(outdir) {
  await build({ ...common, entryPoints: chunkEntries(), outdir: join(outdir, "quickjs"), format: "esm" });
  // The page hands the text of one of its functions to the sandbox's frame, where the helper that keeps names is not.
  const page = { ...common, platform: /** @type {const} */ ("browser"), keepNames: false };
  await build({ ...page, entryPoints: ["page/galley.js"], outfile: join(outdir, "page/galley.js"), format: "iife" });
  const worker = await build({ ...common, entryPoints: ["page/sandbox/worker.js"], write: false, format: "iife" });
  const script = `globalThis.galleySandbox=${JSON.stringify(worker.outputFiles?.[0].text)};\n`;
  await mkdir(join(outdir, "page"), { recursive: true });
  await writeFile(join(outdir, "page/sandbox.js"), script);
}

/** Each chunk's default export is all that the host asks for. */
function chunkEntries() {
  return Object.entries(CHUNKS).map(([out, path]) => ({ in: path, out }));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const outdir = process.argv[2];
  if (!outdir) {
    console.error("usage: node build.mjs OUTDIR");
    process.exit(2);
  }
  await bundle(resolve(outdir));
}
