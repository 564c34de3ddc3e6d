/**
 * Runs in a fresh worker inside the sandbox's frame: the runtime's host in a browser. It is handed one program and
 * the port of one run, takes the worker's own doors away (messages, network, storage: the frame's policy forbids
 * them already), runs the program's turns and posts what it prints and how it ended.
 *
 * Everything it needs of the realm is kept in constants here, before the program can change it.
 */
import { createRuntime } from "../../runtime/index.js";
import { chunks } from "galley:chunks";
import { partOf } from "./parts.js";

/** @typedef {import("../../protocol.js").Host} Host */
/** @typedef {import("../../protocol.js").Runtime} Runtime */
/** @typedef {import("../../protocol.js").Prepared} Prepared */
/** @typedef {import("../../protocol.js").Tools} Tools */
/** @typedef {import("../../protocol.js").SourceText} SourceText */
/** @typedef {import("../data.js").ProgramData} ProgramData */

/** The worker's global object, seen without the types of a page's. @type {any} */
const scope = globalThis;

const HostFunction = Function;
const evaluate = scope.eval;
const HostPromise = Promise;
const now = Date.now;
const listen = scope.addEventListener.bind(scope);
const reject = Promise.reject.bind(Promise);
const hostSetTimeout = scope.setTimeout.bind(scope);
const PARAMETERS = "exports, require, module, __filename, __dirname";

/** How long the browser may take to tell that a module has ended when nothing is left to do. Milliseconds. */
const SETTLES_WITHIN = 100;

const nextTask = createTasks();

listen("message", hear);

/** @param {MessageEvent} event */
async function hear(event) {
  scope.removeEventListener("message", hear);
  const port = event.ports[0];
  const post = port.postMessage.bind(port);
  try {
    new HostFunction("");
  } catch {
    post({ type: "refused" });
    return;
  }
  const { program, parts, maxLines, maxCharacters } = event.data;
  post({ type: "started" });
  try {
    const { outcome, tests } = await runProgram(program, parts, post, createEmit(post, maxLines, maxCharacters));
    post({ type: "ended", outcome, tests });
  } catch (error) {
    post({ type: "ended", outcome: { type: "crashed", reason: `${error}` }, tests: [] });
  }
}

/**
 * @param {ProgramData} data
 * @param {Record<string, string>} parts the texts of those that were loaded
 * @param {(message: unknown) => void} post
 * @param {Host["emit"]} emit
 * @returns {Promise<Pick<import("../../protocol.js").Trace, "outcome" | "tests">>}
 */
async function runProgram(data, parts, post, emit) {
  // What the parts take from the browser for themselves is gone afterwards.
  const chunk = createChunks(parts, post);
  closeDoors();

  /** @type {Host} */
  const host = {
    chunk,
    compileFunction(source, path) {
      try {
        return compileFunction(source, path);
      } catch (error) {
        // The engine does not say where; the tools do.
        if (!("tools" in parts)) chunk("tools");
        throw error;
      }
    },
    // A worker has one realm, and nothing in it can stop a script.
    evaluateScript: (source, path, line) => [evaluate(`${"\n".repeat(Math.max(line - 1, 0))}${source}\n//# sourceURL=${encodeURI(path)}`)],
    promiseDetails: () => null,
    proxyDetails: () => undefined,
    test: (id, result, index, runs) => post({ type: "test", id, result, index, runs }),
    emit,
  };

  const { files, entry, kind, tests } = data;
  const found = data.edited && findEdited(data, data.edited, chunk);
  const watch = found ? found.watch : data.watch;
  if (found) {
    const { seenIn } = editedClaims(chunk);
    post({ type: "statements", statements: found.statements.map((id) => id !== null) });
    host.emit = (event) => {
      for (const seen of seenIn(event, found.statements)) post({ type: "seen", ...seen });
      return emit(event);
    };
  }
  const record = watch.length === 0 ? null : entry;
  /** @type {import("../../protocol.js").Program} */
  const program = { files, entry, kind, probes: [], tests, record, watch, host: "node", ...(data.stepped && { stepped: data.stepped }) };
  const isPrepared = "tools" in parts || needsTools(program);
  const prepared = isPrepared ? prepare(program, chunk) : files.filter((file) => isCode(file.path)).map(asItStands);
  const isModule = prepared.find(({ path }) => path === entry)?.kind === "module";

  /** @type {Runtime} */
  const runtime = createRuntime(host, { limits: { turns: data.turns }, seed: data.seed, now: data.now, zone: data.zone });
  // A program that was not prepared has no import.
  const modules = isPrepared ? /** @type {typeof import("./modules.js").default} */ (chunk("imports"))(runtime, () => /** @type {any} */ (chunk("rewrite"))) : null;
  const rejectionsTold = watchRejections((reason) => runtime.rejected(reason));
  runtime.load(program, prepared);
  let pending = isModule;
  if (isModule) {
    const settled = () => void (pending = false);
    modules?.import(entry).then((namespace) => runtime.moduleEnded(/** @type {object} */ (namespace)), runtime.moduleFailed).then(settled);
  } else {
    runtime.start();
  }
  runtime.ticks();

  /** @type {number | null} */
  let idleSince = null;
  for (;;) {
    await nextTask();
    if (runtime.ticks()) continue;
    await rejectionsTold();
    if (runtime.ended()) break;
    // Meanwhile a module may have ended.
    if (runtime.ticks()) continue;
    if (modules?.isLoading()) {
      await delay(0);
    } else if (runtime.turn()) {
      runtime.ticks();
      idleSince = null;
    } else {
      idleSince ??= now();
      if (!(pending || modules?.isPending()) || now() - idleSince > SETTLES_WITHIN) break;
      await delay(2);
    }
  }
  const trace = runtime.finish();
  const { outcome } = trace;
  if (found?.wrong && "error" in outcome && outcome.error.line === null) outcome.error = { ...outcome.error, file: entry, line: found.wrong };
  if (trace.stepped) post({ type: "stepped", json: JSON.stringify(trace.stepped) });
  return trace;
}

/**
 * @param {ProgramData} data
 * @param {import("./claims.js").Edited} edited
 * @param {Host["chunk"]} chunk
 */
function findEdited({ files, entry, kind, watch }, edited, chunk) {
  const { parse } = /** @type {Tools} */ (chunk("tools"));
  const source = files.find((file) => file.path === entry)?.source ?? "";
  return editedClaims(chunk).findAgain((source) => parse(source, kind), source, watch, edited);
}

/** @param {Host["chunk"]} chunk */
function editedClaims(chunk) {
  return /** @type {typeof import("./claims.js").default} */ (chunk("editedClaims"));
}

/**
 * The chunks that are here, by name. When one is asked for that is not, the page is told, which begins the program anew.
 * @param {Record<string, string>} parts
 * @param {(message: unknown) => void} post
 * @returns {Host["chunk"]}
 */
function createChunks(parts, post) {
  /** @type {Record<string, () => unknown>} */
  const known = Object.assign(Object.create(null), chunks);
  /** @type {Record<string, unknown>} */
  const loaded = Object.create(null);
  let isLacking = false;
  // What asked for a chunk in a listener ends with an error that is no failure of the worker's: that it begins anew may be told later.
  listen("error", (/** @type {ErrorEvent} */ event) => isLacking && event.preventDefault());
  /** @param {string} part */
  const evaluatePart = (part) => {
    const given = HostFunction(`${parts[part]};return galleyPart.default`)();
    for (const name of Object.keys(given)) known[name] = () => given[name];
  };
  // Now, while the language is as it was.
  for (const part of Object.keys(parts)) if (part !== "builtins") evaluatePart(part);
  return (name) => {
    if (name in loaded) return loaded[name];
    if (!known[name]) {
      const part = partOf(name);
      if (part in parts) {
        evaluatePart(part);
      } else {
        isLacking = true;
        post({ type: "needs", part });
      }
    }
    if (!known[name]) throw new Error(`there is no ${name} here`);
    return (loaded[name] = known[name]());
  };
}

/** Something in it has to be written otherwise before it can run, or to be known. @param {import("../../protocol.js").Program} program */
function needsTools({ kind, tests, watch, files, stepped }) {
  return tests || stepped !== undefined || watch.length > 0 || (kind !== "commonjs" && kind !== "script") || files.some(({ path, source }) => isCode(path) && /\.mjs$|\bimport\b|^\s*export\b/m.test(path + "\n" + source));
}

/**
 * @param {import("../../protocol.js").Program} program
 * @param {Host["chunk"]} chunk
 * @returns {Prepared[]}
 */
function prepare(program, chunk) {
  const tools = /** @type {Tools} */ (chunk("tools"));
  const { rewriteCommonJs } = /** @type {any} */ (chunk("rewrite"));
  const { files } = tools.prepare(program);
  return files.map((file) => (file.kind === "module" ? file : { ...file, source: rewriteCommonJs(file.source, file.path) }));
}

/**
 * Sloppy mode, line 1 stays line 1. The first compilation refuses a source that would close the wrapper; it cannot
 * be the one that runs, since `new Function` puts two lines before the body.
 * @param {string} source
 * @param {string} path
 * @returns {Function}
 */
function compileFunction(source, path) {
  new HostFunction(PARAMETERS, source);
  return evaluate(`(function (${PARAMETERS}) {${source}\n})\n//# sourceURL=${encodeURI(path)}`);
}

/**
 * A file runs as it stands, but for a hashbang, which the wrapper would make an error.
 * @param {SourceText} file
 * @returns {Prepared}
 */
function asItStands({ path, source }) {
  return { path, kind: "commonjs", source: source.replace(/^#!/, "//"), names: [] };
}

/** @param {string} path */
function isCode(path) {
  return /\.[cm]?js$/.test(path);
}

/**
 * @param {(message: unknown) => void} post
 * @param {number} maxLines
 * @param {number} maxCharacters
 * @returns {Host["emit"]}
 */
function createEmit(post, maxLines, maxCharacters) {
  let lines = 0;
  let characters = 0;
  return (event) => {
    if (event.type === "threw" && event.resumed) post({ type: "threw", error: event.error });
    if (event.type !== "print") return true;
    const { stream, text } = event;
    post({ type: "print", stream, text });
    lines += text.split("\n").length - 1;
    characters += text.length;
    return lines < maxLines && characters <= maxCharacters;
  };
}

/**
 * Waits for a task of the worker's event loop, so that all microtasks have run before.
 * @returns {() => Promise<void>}
 */
function createTasks() {
  const { port1, port2 } = new MessageChannel();
  /** @type {() => void} */
  let go = () => {};
  port1.onmessage = () => go();
  const post = port2.postMessage.bind(port2);
  return () =>
    new HostPromise((resolve) => {
      go = resolve;
      post(null);
    });
}

/**
 * The browser tells of unhandled rejections in tasks of their own, in order, some time after the microtasks. A
 * rejection made here for the purpose comes last: when it is told, all before it have been.
 * @param {(reason: unknown) => void} tell
 * @returns {() => Promise<void>} waits until all rejections so far have been told
 */
function watchRejections(tell) {
  const probe = {};
  /** @type {() => void} */
  let go = () => {};
  listen("unhandledrejection", (/** @type {PromiseRejectionEvent} */ event) => {
    event.preventDefault();
    if (event.reason === probe) go();
    else tell(event.reason);
  });
  return () =>
    new HostPromise((resolve) => {
      go = resolve;
      void reject(probe);
    });
}

/** @param {number} milliseconds */
function delay(milliseconds) {
  return new HostPromise((resolve) => hostSetTimeout(resolve, milliseconds));
}

/**
 * Leaves the language's own globals; what else a program may use is the runtime's to give, here as in the build.
 */
function closeDoors() {
  const keep = new Set(LANGUAGE);
  for (let object = scope; object && object !== Object.prototype; object = Object.getPrototypeOf(object)) {
    for (const name of Object.getOwnPropertyNames(object)) {
      if (!keep.has(name)) Reflect.deleteProperty(object, name);
    }
  }
  Object.defineProperty(scope, Symbol.toStringTag, { value: "global", configurable: true });
}

const LANGUAGE = (
  "globalThis Infinity NaN undefined eval isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI " +
  "encodeURIComponent escape unescape Object Function Boolean Symbol Error AggregateError EvalError RangeError " +
  "ReferenceError SuppressedError SyntaxError TypeError URIError Number BigInt Math Date String RegExp Array " +
  "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array BigInt64Array BigUint64Array " +
  "Float16Array Float32Array Float64Array Map Set WeakMap WeakSet WeakRef FinalizationRegistry ArrayBuffer DataView " +
  "Atomics JSON Iterator AsyncIterator Promise Proxy Reflect Intl DisposableStack AsyncDisposableStack queueMicrotask"
).split(" ");
