// What the functions of node:vm check of their arguments, in Node's words.

import { invalidArgument, nodeError, received } from "../errors.js";

/** @param {string} name @param {string} type @param {unknown} value */
const invalidProperty = (name, type, value) => nodeError(TypeError, "ERR_INVALID_ARG_TYPE", `The "${name}" property must be ${type}.${received(value)}`);

/** @param {unknown} value @param {string} name */
export function requireObject(value, name) {
  if (value === null || typeof value !== "object") throw invalidArgument(name, "of type object", value);
}

/**
 * @param {any} given an object, or the file's name alone
 * @param {string} [filename] when none is given
 * @returns {{ filename: string, lineOffset: number, columnOffset: number, timeout: number, contextExtensions?: object[], parsingContext?: object }}
 */
export function readOptions(given, filename = "evalmachine.<anonymous>") {
  const options = typeof given === "string" ? { filename: given } : (given ?? {});
  requireObject(options, "options");
  const read = { filename, lineOffset: 0, columnOffset: 0, timeout: 0, ...defined(options) };
  if (typeof read.filename !== "string") throw invalidProperty("options.filename", "of type string", read.filename);
  for (const name of /** @type {const} */ (["lineOffset", "columnOffset"])) requireInteger(read[name], `options.${name}`, -2147483648, 2147483647);
  if (options.timeout !== undefined) requireInteger(options.timeout, "options.timeout", 1, 4294967295);
  return read;
}

/** @param {Record<string, unknown>} options */
const defined = (options) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** @param {unknown} value @param {string} name @param {number} least @param {number} most */
function requireInteger(value, name, least, most) {
  if (typeof value !== "number") throw invalidProperty(name, "of type number", value);
  const expected = !Number.isInteger(value) ? "an integer" : value < least || value > most ? `>= ${least} && <= ${most}` : null;
  if (expected !== null) throw nodeError(RangeError, "ERR_OUT_OF_RANGE", `The value of "${name}" is out of range. It must be ${expected}. Received ${value}`);
}

/** @param {unknown} params @returns {asserts params is string[]} */
export function requireParameters(params) {
  if (!Array.isArray(params)) throw invalidArgument("params", "an instance of Array", params);
  params.forEach((name, index) => {
    if (typeof name !== "string") throw invalidArgument(`params[${index}]`, "of type string", name);
  });
}
