// A host for the tests: Node, with a fresh and bare realm (vm context) for each program, as the engine in the binary has.
// The chunks are bundled as they ship.

import util from "node:util";
import vm from "node:vm";
import { build } from "esbuild";
import { CHUNKS, common } from "../build.mjs";

/** @import { Event, Host, Program, Runtime, Tools, Trace } from "../protocol.d.ts" */

/** Chunk name to the text of a script whose value is the chunk's default export. @type {Map<string, string>} */
export const chunkTexts = await bundleChunks();

async function bundleChunks() {
  const entries = await Promise.all(
    Object.entries(CHUNKS).map(async ([name, path]) => {
      const { outputFiles } = await build({ ...common, minify: false, entryPoints: [path], write: false, format: "iife", globalName: "chunk" });
      return /** @type {const} */ ([name, `${outputFiles?.[0].text};chunk.default`]);
    }),
  );
  return new Map(entries);
}

/** @type {Tools} */
export const tools = vm.runInThisContext(/** @type {string} */ (chunkTexts.get("tools")));

/** @type {Omit<Program, "files" | "entry" | "watch">} */
const DEFAULTS = { kind: null, probes: [], tests: false, record: "/main.js", host: "node" };

/**
 * Runs a program; `files` by path, the first is the entry.
 * @param {string | Record<string, string>} files
 * @param {Partial<Program>} [options]
 * @param {{ turns?: number, outputLimit?: number }} [limits]
 * @returns {Promise<Trace & { stdout: string, stderr: string, loaded: string[] }>}
 */
export async function run(files, options = {}, { turns = 1000, outputLimit = Infinity } = {}) {
  const sources = typeof files === "string" ? { "/main.js": files } : files;
  /** @type {Program} */
  const program = {
    ...DEFAULTS,
    watch: [],
    files: Object.entries(sources).map(([path, source]) => ({ path, source })),
    entry: Object.keys(sources)[0],
    ...options,
  };
  const { events, runtime, loaded, context } = createRealm(turns, outputLimit);
  const { parsed } = tools.prepare(program);
  if (program.record !== null && parsed !== null) program.watch = watchAll(parsed);
  const prepared = tools.prepare(program).files;
  runtime.load(program, prepared);
  if (prepared.find(({ path }) => path === program.entry)?.kind === "module") await runModule(runtime, program.entry, context);
  else runtime.start();
  await runLoop(runtime);
  const rest = runtime.finish();
  const text = (/** @type {string} */ stream) => events.map((event) => (event.type === "print" && event.stream === stream ? event.text : "")).join("");
  return { events, ...structuredClone(rest), stdout: text("stdout"), stderr: text("stderr"), loaded };
}

/** @param {number} turns @param {number} outputLimit */
function createRealm(turns, outputLimit) {
  const context = vm.createContext({ DOMException }); // QuickJS has it, a bare realm of Node does not
  /** @param {string} text @param {string} filename */
  const evaluate = (text, filename) => vm.runInContext(text, context, { filename });
  /** @type {Event[]} */
  const events = [];
  /** @type {string[]} */
  const loaded = [];
  const realms = [context];
  let printed = 0;
  /** @type {Host} */
  const host = {
    chunk(name) {
      loaded.push(name);
      return evaluate(/** @type {string} */ (chunkTexts.get(name)), `galley:${name}`);
    },
    compileFunction(source, path) {
      const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
      return evaluate(wrapped, path);
    },
    runScript: (source, path) => void evaluate(source, path),
    evaluateScript(source, filename, line, realm, timeout) {
      try {
        return [vm.runInContext(source, realms[realm], { filename, lineOffset: line - 1, displayErrors: false, ...(timeout > 0 ? { timeout } : {}) })];
      } catch (error) {
        if (/** @type {any} */ (error)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return null;
        throw error;
      }
    },
    createRealm() {
      const realm = vm.createContext();
      realms.push(realm);
      return [realms.length - 1, vm.runInContext("globalThis", realm)];
    },
    promiseDetails(promise) {
      const text = util.inspect(promise);
      return [text.includes("<pending>") ? 0 : text.includes("<rejected>") ? 2 : 1, undefined];
    },
    proxyDetails: () => undefined,
    emit(event) {
      events.push(structuredClone(event));
      if (event.type === "print") printed += event.text.length;
      return printed <= outputLimit;
    },
  };
  const createRuntime = evaluate(/** @type {string} */ (chunkTexts.get("runtime")), "galley:runtime");
  const runtime = /** @type {Runtime} */ (createRuntime(host, { limits: { turns }, seed: 1, now: Date.UTC(2024, 0, 1) }));
  return { events, runtime, loaded, context };
}

/**
 * Every statement that a comment follows or precedes; one that names an error says that it throws.
 * @param {import("../protocol.d.ts").Parsed} parsed
 */
export function watchAll(parsed) {
  const watched = new Map();
  for (const { text, after, before } of parsed.comments) {
    for (const id of [after, before]) {
      if (id !== null) watched.set(id, text.includes("Error") || (watched.get(id) ?? false));
    }
  }
  return [...watched].sort(([a], [b]) => a - b).map(([id, throws]) => ({ id, throws }));
}

const microtasks = () => new Promise((resolve) => setImmediate(resolve));

/** @param {Runtime} runtime */
async function runLoop(runtime) {
  // The test runner listens too, and would take the program's rejections for failures of the test.
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => runtime.rejected(reason));
  try {
    do {
      do await microtasks();
      while (runtime.ticks());
    } while (!runtime.ended() && runtime.turn());
    await microtasks();
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of others) process.on("unhandledRejection", listener);
  }
}

/** @param {Runtime} runtime @param {string} entry @param {vm.Context} context */
async function runModule(runtime, entry, context) {
  const { SourceTextModule } = /** @type {any} */ (vm);
  /** @type {Map<string, any>} */
  const modules = new Map();
  /** @param {string} path */
  const moduleAt = (path) => {
    if (!modules.has(path)) {
      const options = {
        context,
        identifier: path,
        initializeImportMeta: (/** @type {object} */ meta) => runtime.initMeta(meta, path),
        importModuleDynamically: async (/** @type {string} */ specifier, /** @type {unknown} */ _module, /** @type {Record<string, string>} */ attributes) => {
          const module = moduleAt(runtime.resolve(specifier, path, attributes));
          if (module.status === "unlinked") await module.link(link);
          await module.evaluate();
          return module;
        },
      };
      modules.set(path, new SourceTextModule(runtime.moduleSource(path), options));
    }
    return modules.get(path);
  };
  /** @param {string} specifier @param {{ identifier: string }} from @param {{ attributes: Record<string, string> }} extra */
  const link = (specifier, from, extra) => moduleAt(runtime.resolve(specifier, from.identifier, extra.attributes));
  try {
    const module = moduleAt(entry);
    await module.link(link);
    module.evaluate().then(
      () => runtime.moduleEnded(module.namespace),
      (/** @type {unknown} */ error) => runtime.moduleFailed(error),
    );
  } catch (error) {
    runtime.moduleFailed(error);
  }
  await microtasks();
}
