// Errors as Node makes them: stacks in V8's shape, codes, what Galley lacks.
// Not here: what happens to the program when an error is not caught (index.js), and how the trace tells it (thrown.js).

/** @import rewordError from "./wording.js" */
/** @import { Sources } from "./wording.js" */

import { defineProperty } from "./define.js";
import { dataProperty, isFunction, isObject } from "./values.js";

const NativeError = Error;
const { getPrototypeOf } = Object;

/** Told by its code and message, since each chunk has a copy of this file. */
export const UNSUPPORTED = "ERR_GALLEY_UNSUPPORTED";
export const LACKS = "Galley does not have ";

/**
 * An error for something that Node has and Galley does not.
 * @param {string} what as the outcome names it, e.g. "node:http"
 */
export function unsupported(what) {
  return nodeError(NativeError, UNSUPPORTED, LACKS + what);
}

/**
 * An error as Node's own modules throw it: the code stands in the stack's header and in its text, and is a property.
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
  /** @this {Error} */
  const toString = function () {
    return `${this.name} [${code}]: ${this.message}`;
  };
  return defineProperty(error, "toString", { value: toString, writable: true, configurable: true });
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

/** V8 has another class and other words for a text that is too long. @param {Error} error */
function isTooLong(error) {
  if (dataProperty(error, "message") !== "string too long") return false;
  Object.setPrototypeOf(error, RangeError.prototype);
  defineProperty(error, "message", { value: "Invalid string length" });
  return true;
}

/**
 * Gives stacks V8's shape in engines that ask `Error.prepareStackTrace`, without the runtime's own frames.
 * @param {(file: string) => boolean} isProgramFile
 * @param {Sources & { words: () => typeof rewordError }} sources
 */
export function installStackFormat(isProgramFile, sources) {
  /** @param {Error} error @param {CallSite[]} sites */
  const prepare = (error, sites) => {
    // Out of memory there is no room for anything but the error itself.
    if (error.name === "InternalError" && !isTooLong(error)) return "";
    // A frame of the error's own classes says that the author made it.
    if (!constructs(error, sites[0]?.getFunction()) && mayBeReworded(error)) reword(error, sites);
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
  /** @param {Error} error @param {CallSite[]} sites */
  const reword = (error, sites) => {
    try {
      sources.words()(error, sites, sources);
    } catch {
      // No room left on the stack, most likely: the words stay.
    }
  };
  // Assigned, since in QuickJS this is an accessor; hidden, where it has become a property that programs would see.
  const Hooked = /** @type {ErrorConstructor & { prepareStackTrace?: unknown }} */ (NativeError);
  Hooked.prepareStackTrace = prepare;
  if (Object.getOwnPropertyDescriptor(Hooked, "prepareStackTrace")?.writable) {
    defineProperty(Hooked, "prepareStackTrace", { enumerable: false });
  }
}

/** An error that an engine makes itself, before the author can see it. @param {Error} error */
function mayBeReworded(error) {
  const own = Object.getOwnPropertyDescriptor(error, "message");
  if (typeof own?.value !== "string" || !own.configurable || own.value.startsWith("Maximum call stack")) return false;
  return /^(?:Type|Reference|Range|URI|Syntax)Error$/.test(String(dataProperty(error, "name")));
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
  /** @type {Record<PropertyKey, PropertyDescriptor>} */
  const others = Object.getOwnPropertyDescriptors(error);
  const keys = Reflect.ownKeys(others);
  for (const key of keys) if (!Reflect.deleteProperty(error, key)) return;
  stacks.set(error, { frames });
  defineProperty(error, "stack", { ...stackProperty, configurable: true });
  for (const key of keys) if (key !== "stack") defineProperty(error, key, others[/** @type {string} */ (key)]);
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

/** @param {unknown} value @returns {value is Error} */
export const isError = (value) => {
  try {
    return isObject(value) && (/** @type {any} */ (NativeError).isError?.(value) || value instanceof NativeError);
  } catch {
    return false; // a proxy that was revoked, or whose handler throws
  }
};
