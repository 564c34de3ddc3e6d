// Bundles the JavaScript: `node build.mjs OUTDIR`.
//   OUTDIR/quickjs/NAME.js   ES modules with a default export and no imports, for the engine in the binary
//   OUTDIR/page/galley.js    what a page of a book loads
//   OUTDIR/page/sandbox.js   sets globalThis.galleySandbox to the text of the worker that runs programs
// Called by build.rs, and by `npm run build`.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { inspectPatches } from "./build/inspect-patches.mjs";
import { pathPatches } from "./build/path-patches.mjs";
import { providedModules } from "./build/provided.mjs";
import { webStreamsPatches } from "./build/web-streams-patches.mjs";

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
  glob: "runtime/builtins/glob.js",
  inspect: "runtime/builtins/inspect.js",
  jsonWords: "runtime/builtins/json-words.js",
  legacyUrl: "runtime/builtins/legacy-url.js",
  messageChannel: "runtime/builtins/message-channel.js",
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
  vm: "runtime/builtins/vm.js",
  webStreams: "runtime/builtins/web-streams.js",
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
  plugins: [inspectPatches, pathPatches, providedModules, webStreamsPatches],
  logLevel: "warning",
};

/** @param {string} outdir */
export async function bundle(outdir) {
  const chunks = { ...common, outdir: join(outdir, "quickjs"), format: /** @type {const} */ ("esm") };
  await build({ ...chunks, entryPoints: chunkEntries((name) => name !== "inspect") });
  // The package that it is made of came without names.
  await build({ ...chunks, entryPoints: chunkEntries((name) => name === "inspect"), keepNames: false });
  // The page hands the text of one of its functions to the sandbox's frame, where the helper that keeps names is not.
  const page = { ...common, platform: /** @type {const} */ ("browser"), keepNames: false };
  await build({ ...page, entryPoints: ["page/galley.js"], outfile: join(outdir, "page/galley.js"), format: "iife" });
  const worker = await build({ ...common, entryPoints: ["page/sandbox/worker.js"], write: false, format: "iife" });
  const script = `globalThis.galleySandbox=${JSON.stringify(worker.outputFiles?.[0].text)};\n`;
  await mkdir(join(outdir, "page"), { recursive: true });
  await writeFile(join(outdir, "page/sandbox.js"), script);
}

/** Each chunk's default export is all that the host asks for. @param {(name: string) => boolean} [wanted] */
function chunkEntries(wanted = () => true) {
  return Object.entries(CHUNKS).flatMap(([out, path]) => (wanted(out) ? [{ in: path, out }] : []));
}

/** Bytes of the bundles, as they are and compressed. What every program loads comes first. @param {string} outdir */
async function printSizes(outdir) {
  const core = ["runtime", "inspect"];
  const files = [...core, ...Object.keys(CHUNKS).filter((name) => !core.includes(name)).sort()].map((name) => `quickjs/${name}.js`);
  const kilobytes = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1).padStart(8);
  console.log(`${"kB".padEnd(28)}${"minified".padStart(8)}${"gzip".padStart(8)}`);
  let [minified, compressed] = [0, 0];
  for (const file of [...files, "page/galley.js", "page/sandbox.js"]) {
    const text = await readFile(join(outdir, file));
    const zipped = gzipSync(text, { level: 9 }).length;
    console.log(`${file.padEnd(28)}${kilobytes(text.length)}${kilobytes(zipped)}`);
    if (!core.some((name) => file === `quickjs/${name}.js`)) continue;
    [minified, compressed] = [minified + text.length, compressed + zipped];
    if (file.includes("inspect")) console.log(`${"  core, together".padEnd(28)}${kilobytes(minified)}${kilobytes(compressed)}`);
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const outdir = process.argv[2];
  if (!outdir) {
    console.error("usage: node build.mjs OUTDIR");
    process.exit(2);
  }
  await bundle(resolve(outdir));
  await printSizes(resolve(outdir));
}
