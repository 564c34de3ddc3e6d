// Errors as the trace tells them, and as Node makes them: stacks in V8's shape, codes, what Galley lacks.
// Not here: what happens to the program when an error is not caught (index.js).

/** @import { Thrown } from "../protocol.d.ts" */
/** @import { Sources } from "./wording.js" */

import { rewordError } from "./wording.js";
import { dataProperty, isFunction, isObject, wellFormed } from "./values.js";

const NativeError = Error;
const { defineProperty, getPrototypeOf } = Object;

/** Node's globals that neither this runtime nor a bare engine has: to use one is not the author's mistake. */
const LACKING = new Set(
  ("Intl Buffer fetch WebAssembly URL URLSearchParams URLPattern AbortController AbortSignal Event EventTarget " +
    "CustomEvent TextEncoder TextDecoder ReadableStream WritableStream TransformStream CompressionStream " +
    "DecompressionStream BroadcastChannel MessageChannel MessagePort MessageEvent Blob File PerformanceObserver " +
    "FormData Headers Request Response WebSocket crypto Crypto CryptoKey navigator").split(" "),
);

/** Told by its code and message, since each chunk has a copy of this file. */
const UNSUPPORTED = "ERR_GALLEY_UNSUPPORTED";
const LACKS = "Galley does not have ";

/**
 * An error for something that Node has and Galley does not.
 * @param {string} what as the outcome names it, e.g. "node:http"
 */
export function unsupported(what) {
  return nodeError(NativeError, UNSUPPORTED, LACKS + what);
}

/**
 * What an uncaught error says Galley lacks; null when it is the author's own.
 * @param {unknown} error
 * @returns {string | null}
 */
export function lackingFeature(error) {
  if (!isObject(error)) return null;
  if (dataProperty(error, "code") === UNSUPPORTED) return String(dataProperty(error, "message")).slice(LACKS.length);
  if (dataProperty(error, "name") !== "ReferenceError") return null;
  const name = /^'?(\w+)'? is not defined$/.exec(String(dataProperty(error, "message")))?.[1];
  return name !== undefined && LACKING.has(name) ? name : null;
}

/**
 * An error as Node's own modules throw it: the code stands in the stack's header and is a property.
 * @template {ErrorConstructor} C
 * @param {C} Base
 * @param {string} code
 * @param {string} message
 * @returns {Error & { code: string }}
 */
export function nodeError(Base, code, message) {
  const error = /** @type {Error & { code: string }} */ (new Base(message));
  const stack = String(error.stack);
  const header = `${error.name}: ${message}`;
  if (stack.startsWith(header)) {
    error.stack = `${error.name} [${code}]: ${message}${stack.slice(header.length)}`;
  }
  error.code = code;
  return error;
}

/** @param {unknown} value */
export const received = (value) => {
  if (value === null || value === undefined) return ` Received ${value}`;
  if (typeof value === "function") return ` Received function ${value.name}`;
  if (typeof value === "object") return ` Received an instance of ${value.constructor?.name ?? "Object"}`;
  const text = typeof value === "string" ? `'${value}'` : typeof value === "bigint" ? `${value}n` : String(value);
  return ` Received type ${typeof value} (${text})`;
};

/**
 * @param {string} name of the argument
 * @param {string} type e.g. "of type function"
 * @param {unknown} value
 */
export const invalidArgument = (name, type, value) =>
  nodeError(TypeError, "ERR_INVALID_ARG_TYPE", `The "${name}" argument must be ${type}.${received(value)}`);

/**
 * @typedef {object} CallSite V8's, which QuickJS has too
 * @property {() => string | null} getFileName
 * @property {() => string | null} [getScriptNameOrSourceURL]
 * @property {() => string | null} getFunctionName
 * @property {() => Function | undefined} getFunction
 * @property {() => number | null} getLineNumber
 * @property {() => number | null} getColumnNumber
 * @property {() => boolean} isNative
 * @property {() => boolean} [isConstructor]
 */

/**
 * Gives stacks V8's shape in engines that ask `Error.prepareStackTrace`, without the runtime's own frames.
 * @param {(file: string) => boolean} isProgramFile
 * @param {Sources} sources
 */
export function installStackFormat(isProgramFile, sources) {
  /** @param {Error} error @param {CallSite[]} sites */
  const prepare = (error, sites) => {
    // Out of memory there is no room for anything but the error itself.
    if (error.name === "InternalError") return "";
    // A frame of the error's own classes says that the author made it.
    if (!constructs(error, sites[0]?.getFunction())) rewordError(error, sites, sources);
    let text = "";
    // Frames of the language's own functions, shown only when a frame of the program called them.
    let native = "";
    let inConstructor = true;
    for (const site of sites) {
      const file = site.getScriptNameOrSourceURL?.() ?? site.getFileName();
      if (inConstructor && constructs(error, site.getFunction())) continue;
      inConstructor = false;
      if (site.isNative() || !file || file === "native") {
        native += frame(site, "<anonymous>");
      } else {
        if (isProgramFile(file)) text += native + frame(site, `${file}:${site.getLineNumber()}:${site.getColumnNumber()}`);
        native = "";
      }
    }
    if (isError(error) && !Object.hasOwn(error, "stack")) ownStack(error, text);
    return stackHeader(error) + text;
  };
  // Assigned, since in QuickJS this is an accessor; hidden, where it has become a property that programs would see.
  const Hooked = /** @type {ErrorConstructor & { prepareStackTrace?: unknown }} */ (NativeError);
  Hooked.prepareStackTrace = prepare;
  if (Object.getOwnPropertyDescriptor(Hooked, "prepareStackTrace")?.writable) {
    defineProperty(Hooked, "prepareStackTrace", { enumerable: false });
  }
}

/**
 * An error's frames, and the whole text from when the stack is first read, as in Node, or what was assigned to it.
 * @type {WeakMap<object, { frames: string, read?: { value: unknown } }>}
 */
const stacks = new WeakMap();

/** The error itself, or the one that it inherits from. @param {object | null} error */
function withStack(error) {
  while (error !== null && !stacks.has(error)) error = getPrototypeOf(error);
  return error;
}

/** In V8 too the stack stays an accessor, which util.inspect shows as one. */
const stackProperty = {
  /** @this {object} */
  get() {
    const error = withStack(this);
    const stack = error && stacks.get(error);
    if (!stack) return undefined;
    stack.read ??= { value: stackHeader(error) + stack.frames };
    return stack.read.value;
  },
  /** @this {object} @param {unknown} value */
  set(value) {
    const error = withStack(this);
    const stack = error && stacks.get(error);
    if (stack) stack.read = { value };
    else defineProperty(this, "stack", { value, writable: true, configurable: true, enumerable: false });
  },
};
// Nameless in V8.
for (const accessor of [stackProperty.get, stackProperty.set]) defineProperty(accessor, "name", { value: "" });

/**
 * In V8 the stack is an error's first own property; QuickJS has an accessor on the prototype.
 * @param {Error} error @param {string} frames
 */
function ownStack(error, frames) {
  const others = Object.getOwnPropertyDescriptors(error);
  for (const key of Reflect.ownKeys(others)) if (!Reflect.deleteProperty(error, key)) return;
  stacks.set(error, { frames });
  defineProperty(error, "stack", { ...stackProperty, configurable: true });
  delete (/** @type {Record<string, unknown>} */ (others).stack);
  Object.defineProperties(error, others);
}

/**
 * Gives an error that a wrapped built-in has thrown other words.
 * @param {Error} error nobody has read its stack so far
 * @param {string | null} message null: leave it
 * @param {string} caller the built-in, whose frame the wrapper hid
 */
export function rewordThrown(error, message, caller) {
  if (message !== null) defineProperty(error, "message", { value: message, writable: true, configurable: true });
  const stack = stacks.get(error);
  if (stack === undefined) return;
  stacks.set(error, { frames: `\n    at ${caller} (<anonymous>)${stack.frames}` });
  // Errors of a text that it reads get their stack from QuickJS a second time.
  defineProperty(error, "stack", { ...stackProperty, configurable: true });
}

/** @param {CallSite} site @param {string} place */
function frame(site, place) {
  const name = site.getFunctionName();
  const called = site.getFunction();
  if (!name || name === "<eval>" || name === "<anonymous>") return `\n    at ${isMain(called) ? `Object.<anonymous> (${place})` : place}`;
  const before = site.isNative() ? ownerOf(called, name) : site.isConstructor?.() ? "new " : "";
  return `\n    at ${before}${name} (${place})`;
}

/** The function that the host makes of a CommonJS file. @param {Function | undefined} called */
const isMain = (called) => isFunction(called) && called.length === 5 && Reflect.apply(functionText, called, []).startsWith("function (exports, require, module, __filename, __dirname)");

/** "Array." for `map` and the like. @param {Function | undefined} called @param {string} name */
function ownerOf(called, name) {
  const owner = OWNERS.find(({ prototype }) => Object.getOwnPropertyDescriptor(prototype, name)?.value === called);
  return owner ? `${owner.name}.` : "";
}

const OWNERS = [Array, String, Map, Set, Promise, RegExp, Number, Date];
const functionText = Function.prototype.toString;

/** V8 leaves the constructors of an error's own classes out. @param {Error} error @param {Function | undefined} callee */
function constructs(error, callee) {
  if (!isFunction(callee)) return false;
  for (let at = getPrototypeOf(error); at !== null; at = getPrototypeOf(at)) {
    if (Object.getOwnPropertyDescriptor(at, "constructor")?.value === callee) return true;
  }
  return false;
}

const errorText = NativeError.prototype.toString;

/** @param {object} error */
function stackHeader(error) {
  try {
    return Reflect.apply(errorText, error, []);
  } catch {
    return "<error>"; // V8's, for a name or message that can't be read
  }
}

/**
 * A thrown value as the trace tells it.
 * @param {unknown} error
 * @param {(file: string) => boolean} isProgramFile
 * @param {(value: unknown) => string} inspect
 * @returns {Thrown}
 */
export function describeThrown(error, isProgramFile, inspect) {
  if (!isError(error)) {
    return { name: "", message: wellFormed(inspect(error)), code: null, file: null, line: null, stack: "" };
  }
  const stack = text(readStack(error));
  const code = dataProperty(error, "code");
  return {
    name: text(dataProperty(error, "name") ?? "Error"),
    message: text(dataProperty(error, "message") ?? ""),
    code: typeof code === "string" ? wellFormed(code) : null,
    ...throwSite(stack, isProgramFile),
    stack,
  };
}

/** @param {unknown} value */
function text(value) {
  try {
    return wellFormed(String(value));
  } catch {
    return "";
  }
}

/** @param {unknown} value @returns {value is Error} */
export const isError = (value) => isObject(value) && (/** @type {any} */ (NativeError).isError?.(value) || value instanceof NativeError);

/** @param {Error} error */
function readStack(error) {
  try {
    return error.stack ?? "";
  } catch {
    return "";
  }
}

/**
 * The first frame in a file of the program. Reads V8's frames (`at f (/main.js:1:2)`) and Firefox's (`f@/main.js:1:2`).
 * @param {string} stack
 * @param {(file: string) => boolean} isProgramFile
 */
function throwSite(stack, isProgramFile) {
  for (const frame of stack.split("\n")) {
    const [, file, line] = /(?:^|[\s(@])(?:file:\/\/)?(\/[^():]*):(\d+)(?::\d+)?\)?$/.exec(frame) ?? [];
    if (file !== undefined && isProgramFile(file)) return { file, line: Number(line) };
  }
  return { file: null, line: null };
}
