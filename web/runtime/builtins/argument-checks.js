// Node's checks of arguments and options, by its names for them: "port" is an argument, "options.port" a property.

import { nodeError, received } from "../errors.js";

/** @param {string} name */
const kind = (name) => (name.includes(".") ? "property" : "argument");

/** @param {string} name @param {string} type e.g. "of type string" @param {unknown} value */
export const wrongType = (name, type, value) =>
  nodeError(TypeError, "ERR_INVALID_ARG_TYPE", `The "${name}" ${kind(name)} must be ${type}.${received(value)}`);

/** @param {string} name @param {string} shown the value as util.inspect has it @param {string} [reason] */
export const wrongValue = (name, shown, reason = "is invalid") =>
  nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The ${kind(name)} '${name}' ${reason}. Received ${shown}`);

/** @param {string} name @param {unknown} value */
export function requireString(name, value) {
  if (typeof value !== "string") throw wrongType(name, "of type string", value);
}

/** @param {string} name @param {unknown} value */
export function requireFunction(name, value) {
  if (typeof value !== "function") throw wrongType(name, "of type function", value);
}

/** @param {string} name @param {unknown} value */
export function requireObject(name, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrongType(name, "of type object", value);
}

/** @param {string} name @param {unknown} value */
export function requireArray(name, value) {
  if (!Array.isArray(value)) throw wrongType(name, "an instance of Array", value);
}

/** @param {string} name @param {any} value @param {number} min @param {number} max */
export function requireInteger(name, value, min, max) {
  if (typeof value !== "number") throw wrongType(name, "of type number", value);
  if (Number.isInteger(value) && value >= min && value <= max) return;
  const range = Number.isInteger(value) ? `>= ${min} && <= ${max}` : "an integer";
  const shown = Number.isInteger(value) && Math.abs(value) > 2 ** 32 ? `${value}`.replace(/\B(?=(\d{3})+$)/g, "_") : `${value}`;
  throw nodeError(RangeError, "ERR_OUT_OF_RANGE", `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`);
}

/** @param {string} name @param {any} value */
export function requirePort(name, value) {
  const isPort = (typeof value === "number" || (typeof value === "string" && value.trim() !== "")) && +value === +value >>> 0 && +value < 65536;
  if (!isPort) throw nodeError(RangeError, "ERR_SOCKET_BAD_PORT", `${name} should be >= 0 and < 65536.${received(value)}.`);
}

/**
 * @param {string} name @param {unknown} value @param {readonly unknown[]} allowed
 * @param {(value: unknown) => string} inspect
 */
export function requireOneOf(name, value, allowed, inspect) {
  if (!allowed.includes(value)) throw wrongValue(name, inspect(value), `must be one of: ${allowed.map((each) => inspect(each)).join(", ")}`);
}

/**
 * An error of the part of Node that is not JavaScript: the code is a property and stands nowhere else.
 * @param {ErrorConstructor | TypeErrorConstructor} Base @param {string} code @param {string} message
 */
export const nativeError = (Base, code, message) => Object.assign(new Base(message), { code });
