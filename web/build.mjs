// Bundles the JavaScript: `node build.mjs OUTDIR`.
//   OUTDIR/quickjs/NAME.js   ES modules with a default export and no imports, for the engine in the binary
//   OUTDIR/intl.bin          the data of locales, for the engine in the binary
//   OUTDIR/page/galley.js    what a page of a book loads
//   OUTDIR/page/editor.js    what colours and indents in its editors: sets globalThis.galleyEditor
//   OUTDIR/page/live.js      what pages get from `serve` only: follows the builds
//   OUTDIR/page/drawing.js   what draws the steps of edited code: sets globalThis.galleyDrawing
//   OUTDIR/page/dialog.js    the dialog of the learner's progress: sets globalThis.galleyDialog
//   OUTDIR/page/sandbox.js   sets globalThis.galleySandbox to the text of the worker that runs programs
//   OUTDIR/page/PART.js      sets globalThis.galleyParts.PART to the text of chunks that it needs for some programs only
// Called by build.rs, and by `npm run build`.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expectPatches } from "./build/expect-patches.mjs";
import { intlData } from "./build/intl-data.mjs";
import { intlPatches } from "./build/intl-patches.mjs";
import { inspectPatches } from "./build/inspect-patches.mjs";
import { pristineCalls } from "./build/pristine-calls.mjs";
import { pathPatches } from "./build/path-patches.mjs";
import { providedModules } from "./build/provided.mjs";
import { PARTS } from "./page/sandbox/parts.js";
import { webStreamsPatches } from "./build/web-streams-patches.mjs";

const web = dirname(fileURLToPath(import.meta.url));

/** Chunk name to source file. */
export const CHUNKS = {
  runtime: "runtime/index.js",
  tools: "tools/index.js",
  drawing: "tools/steps/drawing.js",
  moduleDrawing: "tools/modules/drawing.js",
  browserGlobals: "runtime/browser-globals.js",
  intl: "runtime/intl/index.js",
  intlDateTimeFormat: "runtime/intl/date-time-format.js",
  intlDisplayNames: "runtime/intl/display-names.js",
  intlNumberFormat: "runtime/intl/number-format.js",
  locale: "runtime/locale.js",
  localeMethods: "runtime/locale-methods.js",
  moduleGraph: "runtime/modules/graph.js",
  modules: "runtime/modules/esm.js",
  nodeModule: "runtime/modules/node-module.js",
  packageTargets: "runtime/modules/package-targets.js",
  recording: "runtime/recording.js",
  replacements: "runtime/replacements.js",
  table: "runtime/table.js",
  thrown: "runtime/thrown.js",
  tracer: "runtime/steps/tracer.js",
  wording: "runtime/wording.js",
  zone: "runtime/zone.js",
  assert: "runtime/builtins/assert.js",
  buffer: "runtime/builtins/buffer.js",
  crypto: "runtime/builtins/crypto.js",
  cryptoNames: "runtime/builtins/crypto-names.js",
  dns: "runtime/builtins/dns.js",
  encoding: "runtime/builtins/encoding.js",
  events: "runtime/builtins/events.js",
  eventTarget: "runtime/builtins/event-target.js",
  fs: "runtime/builtins/fs.js",
  glob: "runtime/builtins/glob.js",
  http: "runtime/builtins/http.js",
  http2: "runtime/builtins/http2.js",
  inspect: "runtime/builtins/inspect.js",
  jsonWords: "runtime/builtins/json-words.js",
  keyDerivation: "runtime/builtins/key-derivation.js",
  lackingModules: "runtime/builtins/lacking-modules.js",
  legacyUrl: "runtime/builtins/legacy-url.js",
  messageChannel: "runtime/builtins/message-channel.js",
  mime: "runtime/builtins/mime.js",
  moreHashes: "runtime/builtins/more-hashes.js",
  net: "runtime/builtins/net.js",
  os: "runtime/builtins/os.js",
  parseArgs: "runtime/builtins/parse-args.js",
  path: "runtime/builtins/path.js",
  perfHooks: "runtime/builtins/perf-hooks.js",
  processDetails: "runtime/builtins/process-details.js",
  punycode: "runtime/builtins/punycode.js",
  querystring: "runtime/builtins/querystring.js",
  stream: "runtime/builtins/stream.js",
  stringDecoder: "runtime/builtins/string-decoder.js",
  structuredClone: "runtime/builtins/structured-clone.js",
  expect: "runtime/testing/expect.js",
  test: "runtime/builtins/test.js",
  testGlobals: "runtime/testing/globals.js",
  testMocks: "runtime/testing/mocks.js",
  testRunner: "runtime/testing/chunk.js",
  timersPromises: "runtime/builtins/timers-promises.js",
  traceEvents: "runtime/builtins/trace-events.js",
  url: "runtime/builtins/url.js",
  util: "runtime/builtins/util.js",
  vm: "runtime/builtins/vm.js",
  webStreams: "runtime/builtins/web-streams.js",
  workerThreads: "runtime/builtins/worker-threads.js",
};

/** The loader, console, event loop and formatter: what a program needs that does nothing special. */
const CORE = new Set(["runtime", "inspect"]);

/** A program may delete or replace these; a chunk has its own hold of them from when it was loaded. */
const HELD = ["Array", "JSON", "Map", "Math", "Number", "Object", "Proxy", "RangeError", "Reflect", "Set", "String", "Symbol", "TypeError", "WeakMap"];

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
  plugins: [expectPatches, inspectPatches, intlPatches, pathPatches, providedModules, webStreamsPatches, pristineCalls],
  logLevel: "warning",
};

/** @param {string} outdir */
export async function bundle(outdir) {
  const chunks = { ...common, outdir: join(outdir, "quickjs"), format: /** @type {const} */ ("esm"), banner: { js: `const {${HELD}} = globalThis;` } };
  await build({ ...chunks, entryPoints: chunkEntries((name) => !CORE.has(name)) });
  // What every program loads gives the names that programs see by hand (runtime/values.js), which is smaller.
  await build({ ...chunks, entryPoints: chunkEntries((name) => CORE.has(name)), keepNames: false });
  await writeFile(join(outdir, "intl.bin"), await keptIntlData());
  await mkdir(join(outdir, "page"), { recursive: true });
  for (const [name, text] of Object.entries(await pageScripts())) await writeFile(join(outdir, `page/${name}.js`), text);
  await writeFile(join(outdir, "page/sandbox.js"), await sandboxScript());
  for (const [name, chunks] of Object.entries(pageParts())) {
    const contents = `import { chunks } from "galley:chunks"; export default Object.fromEntries(Object.entries(chunks).map(([name, get]) => [name, get()]));`;
    const part = await build({
      ...common,
      plugins: [...common.plugins ?? [], chunkModule(chunks)],
      stdin: { contents, resolveDir: web },
      write: false,
      format: "iife",
      globalName: "galleyPart",
      banner: { js: `const {${HELD}} = globalThis;` },
    });
    await writeFile(join(outdir, `page/${name}.js`), `(globalThis.galleyParts??={}).${name}=${literal(textOf(part))};\n`);
  }
}

/** What the page loads at the first run. */
export async function sandboxScript() {
  const worker = await build({
    ...common,
    plugins: [...common.plugins ?? [], chunkModule(SANDBOX_CHUNKS)],
    entryPoints: ["page/sandbox/worker.js"],
    write: false,
    format: "iife",
    // As in what every program loads in the binary.
    keepNames: false,
  });
  return `globalThis.galleySandbox=${literal(textOf(worker))};\n`;
}

/** The scripts of the page itself. */
export async function pageScripts() {
  const entries = { galley: "page/galley.js", editor: "page/editor/prism.js", drawing: "page/drawing.js", dialog: "page/dialog.js", live: "page/live.js" };
  // The page hands the text of one of its functions to the sandbox's frame, where the helper that keeps names is not.
  const page = { ...common, platform: /** @type {const} */ ("browser"), keepNames: false, format: /** @type {const} */ ("iife") };
  const texts = Object.entries(entries).map(async ([name, path]) => {
    const built = await build({ ...page, entryPoints: [path], loader: { ".css": "text" }, write: false });
    return [name, textOf(built)];
  });
  return /** @type {Record<keyof typeof entries, string>} */ (Object.fromEntries(await Promise.all(texts)));
}

/** A string of JavaScript, in the quotes that minified code has fewer of. @param {string} text */
const literal = (text) => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** Chunks of the page alone, or that it has otherwise. */
const PAGE_CHUNKS = {
  editedClaims: "page/sandbox/claims.js",
  imports: "page/sandbox/modules.js",
  rewrite: "page/sandbox/rewrite.js",
  tools: "tools/page.js",
};

/** What the sandbox carries from the start. */
const SANDBOX_CHUNKS = ["inspect", "zone"];

/** By the part's name: the names of its chunks. @returns {Record<string, string[]>} */
function pageParts() {
  const elsewhere = new Set([...SANDBOX_CHUNKS, ...Object.values(PARTS).flat()]);
  return { ...PARTS, builtins: Object.keys(CHUNKS).filter((name) => !elsewhere.has(name) && !NOT_IN_PAGE.test(name)) };
}

/** Engines of pages have Intl, and the page draws outside of the sandbox. */
const NOT_IN_PAGE = /^intl|^runtime$|^drawing$|^module(Drawing|Graph)$/; // nor does it draw files

/** @param {import("esbuild").BuildResult} built */
const textOf = (built) => /** @type {string} */ (built.outputFiles?.[0].text);

/**
 * The module "galley:chunks": these chunks by name.
 * @param {string[]} names
 * @returns {import("esbuild").Plugin}
 */
function chunkModule(names) {
  const all = { ...CHUNKS, ...PAGE_CHUNKS };
  const imports = names.map((name) => `import ${name} from "./${all[/** @type {keyof typeof all} */ (name)]}";`);
  const contents = `${imports.join("\n")}\nexport const chunks = { ${names.map((name) => `${name}: () => ${name}`).join(", ")} };`;
  return {
    name: "chunks",
    setup(build) {
      build.onResolve({ filter: /^galley:chunks$/ }, ({ path }) => ({ path, namespace: "chunks" }));
      build.onLoad({ filter: /.*/, namespace: "chunks" }, () => ({ contents, resolveDir: web }));
    },
  };
}

/** Reading CLDR takes seconds, so what it gives is kept beside the packages that it is made of. */
async function keptIntlData() {
  const hash = createHash("sha256");
  for (const source of ["build/intl-data.mjs", "package-lock.json"]) hash.update(await readFile(join(web, source)));
  const path = join(web, "node_modules/.cache", `intl-${hash.digest("hex")}.bin`);
  if (existsSync(path)) return readFile(path);
  const data = intlData();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, data);
  await rename(`${path}.new`, path);
  return data;
}

/** Each chunk's default export is all that the host asks for. @param {(name: string) => boolean} [wanted] */
function chunkEntries(wanted = () => true) {
  return Object.entries(CHUNKS).flatMap(([out, path]) => (wanted(out) ? [{ in: path, out }] : []));
}

/** Bytes of the bundles, as they are and compressed. What every program loads comes first. @param {string} outdir */
async function printSizes(outdir) {
  const others = Object.keys(CHUNKS).filter((name) => !CORE.has(name));
  const files = [...CORE, ...others.sort()].map((name) => `quickjs/${name}.js`);
  const kilobytes = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1).padStart(8);
  console.log(`${"kB".padEnd(28)}${"minified".padStart(8)}${"gzip".padStart(8)}`);
  let [minified, compressed, script] = [0, 0, 0];
  for (const file of [...files, ...["galley", "editor", "drawing", "dialog", "sandbox", ...Object.keys(pageParts())].map((name) => `page/${name}.js`)]) {
    const text = await readFile(join(outdir, file));
    const zipped = gzipSync(text, { level: 9 }).length;
    console.log(`${file.padEnd(28)}${kilobytes(text.length)}${kilobytes(zipped)}`);
    if (file === "page/galley.js") script = zipped;
    if (file === "page/editor.js") console.log(`${"  page, with its editor".padEnd(28)}${"".padStart(8)}${kilobytes(script + zipped)}`);
    if (!CORE.has(file.slice("quickjs/".length, -".js".length))) continue;
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
