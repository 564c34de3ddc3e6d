// Node's globals that a chunk makes: an accessor until the first use, a plain property from then on. Assigning works
// as in Node at any time. What the engine has of its own under such a name is replaced, so that all engines agree.

import { defineProperty } from "./define.js";
import { keepOriginals } from "./originals.js";

/** Globals by the built-in whose export they are. "internal/…" can't be required. */
const LAZY = /** @type {const} */ ({
  buffer: ["Buffer", "Blob", "File"],
  url: ["URL", "URLSearchParams"],
  "internal/eventTarget": ["AbortController", "AbortSignal", "Event", "EventTarget", "CustomEvent"],
  "internal/encoding": ["TextEncoder", "TextDecoder"],
  "stream/web": [
    "ReadableStream", "ReadableStreamDefaultReader", "ReadableStreamBYOBReader", "ReadableStreamBYOBRequest", "ReadableByteStreamController",
    "ReadableStreamDefaultController", "TransformStream", "TransformStreamDefaultController", "WritableStream", "WritableStreamDefaultWriter",
    "WritableStreamDefaultController", "ByteLengthQueuingStrategy", "CountQueuingStrategy", "TextEncoderStream", "TextDecoderStream",
  ],
  "internal/messageChannel": ["MessageChannel", "MessagePort", "MessageEvent"],
  perf_hooks: ["Performance", "PerformanceEntry", "PerformanceMark", "PerformanceMeasure", "PerformanceObserver"],
});

/** Those that `for (key in globalThis)` meets. */
const ENUMERABLE = /** @type {const} */ ({
  perf_hooks: ["performance"],
  crypto: ["crypto"],
});

/** Functions, which are there from the start, though what they do is loaded by the first call. */
const FUNCTIONS = /** @type {const} */ ({ buffer: ["atob", "btoa"], "internal/structuredClone": ["structuredClone"] });

/** What a browser has not. */
const ONLY_NODE = new Set(["global", "setImmediate", "clearImmediate", "Buffer"]);

/** A program meets them in this order. */
const ORDER = "global clearImmediate setImmediate clearInterval clearTimeout setInterval setTimeout queueMicrotask structuredClone atob btoa";

/**
 * @param {Record<string, unknown>} given globals that are there already: `global` and the timers
 * @param {(builtin: string) => any} load gives the exports of a built-in
 * @param {boolean} inBrowser without what only Node has
 */
export function installGlobals(given, load, inBrowser) {
  /** @type {Record<string, unknown>} */
  const functions = { ...given };
  for (const [builtin, names] of Object.entries(FUNCTIONS)) {
    for (const name of names) functions[name] = loadedFunction(name, () => (builtin.endsWith(name) ? load(builtin) : load(builtin)[name]));
  }
  for (const name of ORDER.split(" ")) {
    if (inBrowser && ONLY_NODE.has(name)) continue;
    Reflect.deleteProperty(globalThis, name);
    defineProperty(globalThis, name, { value: functions[name], writable: true, configurable: true, enumerable: true });
  }
  for (const [builtin, names] of Object.entries(LAZY)) for (const name of names) if (!inBrowser || !ONLY_NODE.has(name)) defineLazy(name, false, () => load(builtin)[name]);
  for (const [builtin, names] of Object.entries(ENUMERABLE)) {
    for (const name of names) defineLazy(name, true, () => load(builtin)[builtin === "crypto" ? "webcrypto" : name]);
  }
  for (const name of /** @type {const} */ (["setTimeout", "setImmediate"])) {
    if (inBrowser && ONLY_NODE.has(name)) continue;
    const get = () => load("timers/promises")[name];
    defineProperty(globalThis[name], Symbol.for("nodejs.util.promisify.custom"), { get, enumerable: true, configurable: true });
  }
}

/** The built-in modules as globals, as Node's prompt has them. @param {string[]} names @param {(builtin: string) => any} load */
export function installBuiltins(names, load) {
  for (const name of names) if (/^[a-z]\w+$/.test(name) && (!(name in globalThis) || name === "crypto")) defineLazy(name, false, () => load(name));
}

/** While the runtime's own code is being loaded it sees none of the lazy globals: packages look for them, and would load them all. */
let unseen = false;

/** From when the runtime has made its own changes, and before the program can make any. @type {ReturnType<typeof keepOriginals>} */
let withOriginals = (load) => load();

export function keepLanguage() {
  withOriginals = keepOriginals();
}

/**
 * Loads code of the runtime, which sees the language as it was.
 * @template T
 * @param {() => T} load
 * @returns {T}
 */
export function undisturbed(load) {
  const before = unseen;
  unseen = true;
  try {
    return before ? load() : withOriginals(load);
  } finally {
    unseen = before;
  }
}

/** @param {string} name @param {boolean} enumerable @param {() => unknown} make */
function defineLazy(name, enumerable, make) {
  /** @param {unknown} value */
  const become = (value) => {
    defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable });
    return value;
  };
  const accessor = { get: () => (unseen ? undefined : become(make())), set: (/** @type {unknown} */ value) => void become(value), configurable: true, enumerable };
  defineProperty(globalThis, name, accessor);
}

/** @param {string} name @param {() => Function} make */
function loadedFunction(name, make) {
  /** @type {Function | undefined} */
  let made;
  const { [name]: value } = {
    /** @param {unknown[]} args */
    [name](...args) {
      return (made ??= make())(...args);
    },
  };
  return value;
}
