// What npm path-unified has of its own and the runtime has better (build/path-patches.mjs).

import { invalidArgument } from "../errors.js";
import { builtin } from "./kit-of-packages.js";

/** @param {unknown} value @param {string} name */
export function validateString(value, name) {
  if (typeof value !== "string") throw invalidArgument(name, "of type string", value);
}

/** @param {unknown} value @param {string} name */
export function validateObject(value, name) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw invalidArgument(name, "of type object", value);
}

export const isWindows = () => false;

export const process = {
  cwd: () => builtin("process").cwd(),
  /** Where Windows keeps the working directory of each drive. */
  env: {},
};
