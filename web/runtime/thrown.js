// Chunk "thrown": errors as the trace tells them, once one has been caught by the runtime or has ended the program.

/** @import { Thrown } from "../protocol.d.ts" */

import { defineProperty } from "./define.js";
import { isError, LACKS, nodeError, UNSUPPORTED } from "./errors.js";
import { dataProperty, isObject, wellFormed } from "./values.js";

const DOMError = globalThis.DOMException;

export default { describeThrown, lackingFeature, rejectionError };

/**
 * A thrown value as the trace tells it.
 * @param {unknown} error
 * @param {(file: string) => boolean} isProgramFile
 * @param {(value: unknown) => string} inspect
 * @returns {Thrown}
 */
function describeThrown(error, isProgramFile, inspect) {
  if (!isError(error)) {
    return { name: "", message: wellFormed(inspect(error)), code: null, file: null, line: null, stack: "" };
  }
  const stack = text(readStack(error));
  const code = dataProperty(error, "code");
  return {
    // Getters that the language itself brings.
    name: text(error instanceof DOMError ? error.name : (dataProperty(error, "name") ?? "Error")),
    message: text(error instanceof DOMError ? error.message : (dataProperty(error, "message") ?? "")),
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

/** Node's globals that neither this runtime nor a bare engine has: to use one is not the author's mistake. */
const LACKING = new Set(
  ("Intl Buffer fetch WebAssembly URL URLSearchParams URLPattern AbortController AbortSignal Event EventTarget " +
    "CustomEvent TextEncoder TextDecoder ReadableStream WritableStream TransformStream CompressionStream " +
    "DecompressionStream BroadcastChannel MessageChannel MessagePort MessageEvent Blob File PerformanceObserver " +
    "FormData Headers Request Response WebSocket crypto Crypto CryptoKey navigator").split(" "),
);

/**
 * What an uncaught error says Galley lacks; null when it is the author's own.
 * @param {unknown} error
 * @returns {string | null}
 */
function lackingFeature(error) {
  // Of a proxy nothing is asked: its handler is the author's, or gone.
  if (!isError(error)) return null;
  if (dataProperty(error, "code") === UNSUPPORTED) return String(dataProperty(error, "message")).slice(LACKS.length);
  if (dataProperty(error, "name") !== "ReferenceError") return null;
  const name = /^'?(\w+)'? is not defined$/.exec(String(dataProperty(error, "message")))?.[1];
  return name !== undefined && LACKING.has(name) ? name : null;
}

/** What a rejection that nobody handles is told as, when its reason is no error. @param {unknown} reason */
function rejectionError(reason) {
  const error = nodeError(
    Error,
    "ERR_UNHANDLED_REJECTION",
    "This error originated either by throwing inside of an async function without a catch block, or by rejecting a " +
      `promise which was not handled with .catch(). The promise rejected with the reason "${shortly(reason)}".`,
  );
  defineProperty(error, "name", { value: "UnhandledPromiseRejection", configurable: true });
  return error;
}

/** A value as V8 tells it without running any code. @param {unknown} value */
function shortly(value) {
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value) || value.toString !== Object.prototype.toString) return Object.prototype.toString.call(value);
  return `#<${value.constructor?.name ?? "Object"}>`;
}
