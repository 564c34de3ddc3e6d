/**
 * Runs in a fresh worker inside the sandbox's frame: the runtime's host in a browser. It is handed one program and
 * the port of one run, takes the worker's own doors away (messages, network, storage: the frame's policy forbids
 * them already), runs the program's turns and posts what it prints and how it ended.
 *
 * Everything it needs of the realm is kept in constants here, before the program can change it.
 */
import { createRuntime, chunks } from "../../runtime/browser.js";

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
const createObjectURL = URL.createObjectURL.bind(URL);
const HostBlob = Blob;
const HostPromise = Promise;
const now = Date.now;
const listen = scope.addEventListener.bind(scope);
const reject = Promise.reject.bind(Promise);
const hostSetTimeout = scope.setTimeout.bind(scope);
const PARAMETERS = "exports, require, module, __filename, __dirname";

/** Macrotasks of one run; the page's deadline comes first in all but the busiest programs. */
const TURNS = 100_000;

/** How long the browser may take to tell that a module has ended when nothing is left to do. Milliseconds. */
const SETTLES_WITHIN = 100;

/** The global function, gone when the author's first line runs, by which a module says that it begins. */
const BEGIN = "__galleyBegin";

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
  const { program, maxLines, maxCharacters } = event.data;
  post({ type: "started" });
  try {
    post({ type: "ended", outcome: await runProgram(program, createEmit(post, maxLines, maxCharacters)) });
  } catch (error) {
    post({ type: "ended", outcome: { type: "crashed", reason: `${error}` } });
  }
}

/**
 * @param {ProgramData} data
 * @param {Host["emit"]} emit
 * @returns {Promise<import("../../protocol.js").Outcome>}
 */
async function runProgram(data, emit) {
  closeDoors();

  /** @type {Map<string, unknown>} */
  const loaded = new Map();
  /** @type {Host} */
  const host = {
    chunk(name) {
      if (!loaded.has(name)) loaded.set(name, chunks[name]());
      return loaded.get(name);
    },
    compileFunction,
    // A worker has one realm, and nothing in it can stop a script.
    evaluateScript: (source, path, line) => [evaluate(`${"\n".repeat(Math.max(line - 1, 0))}${source}\n//# sourceURL=${encodeURI(path)}`)],
    promiseDetails: () => null,
    proxyDetails: () => undefined,
    emit,
  };

  /** @type {Runtime} */
  const runtime = createRuntime(host, { limits: { turns: TURNS }, seed: data.seed, now: data.now, zone: data.zone });
  const rejectionsTold = watchRejections((reason) => runtime.rejected(reason));
  const tools = data.watch.length === 0 ? null : /** @type {Tools} */ (host.chunk("tools"));
  const prepared = data.files.filter((file) => isCode(file.path)).map((file) => prepare(file, data, tools));
  const record = tools === null ? null : data.entry;
  const { files, entry, kind, watch } = data;
  runtime.load({ files, entry, kind, probes: [], tests: false, record, watch, host: "node" }, prepared);
  let pending = false;
  if (data.kind === "module") {
    pending = true;
    await new HostPromise((begun) => {
      runModule(runtime, data.entry, () => begun(undefined)).then(() => {
        pending = false;
        begun(undefined);
      });
    });
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
    if (runtime.turn()) {
      runtime.ticks();
      idleSince = null;
    } else {
      idleSince ??= now();
      if (!pending || now() - idleSince > SETTLES_WITHIN) break;
      await delay(2);
    }
  }
  return runtime.finish().outcome;
}

/**
 * Loading takes a while, even from memory, and the program's clock must not run meanwhile: the module's first act
 * is to say that it begins.
 * @param {Runtime} runtime
 * @param {string} entry
 * @param {() => void} begin
 */
async function runModule(runtime, entry, begin) {
  Object.defineProperty(scope, BEGIN, { value: () => delete scope[BEGIN] && begin(), configurable: true });
  const text = `${BEGIN}();${runtime.moduleSource(entry)}\n//# sourceURL=${encodeURI(entry)}`;
  const url = createObjectURL(new HostBlob([text], { type: "text/javascript" }));
  try {
    runtime.moduleEnded(await import(url));
  } catch (error) {
    runtime.moduleFailed(error);
  } finally {
    delete scope[BEGIN];
  }
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
 * A file runs as it stands, but for a hashbang, which the wrapper would make an error. Only where the text says of a
 * statement that it throws, and the program goes on behind it, has the source to be changed.
 * @param {SourceText} file
 * @param {ProgramData} data
 * @param {Tools | null} tools
 * @returns {Prepared}
 */
function prepare(file, data, tools) {
  if (tools && file.path === data.entry) {
    const parsed = tools.parse(file.source, data.kind);
    return tools.instrument(file, parsed, { watch: data.watch, probes: false });
  }
  const kind = file.path === data.entry ? data.kind : file.path.endsWith(".mjs") ? "module" : "commonjs";
  return { path: file.path, kind, source: file.source.replace(/^#!/, "//"), names: [] };
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
    return lines < maxLines && characters < maxCharacters;
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
