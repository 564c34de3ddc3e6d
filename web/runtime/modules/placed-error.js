// A SyntaxError at a place in a file that nothing has run of yet, as the engine would have thrown it.

import { defineProperty } from "../define.js";

/**
 * @param {string} message
 * @param {string} path
 * @param {{ line: number, column: number }} place
 */
export function placedSyntaxError(message, path, { line, column }) {
  const error = new SyntaxError(message);
  const value = `SyntaxError: ${message}\n    at ${path}:${line}:${column}`;
  defineProperty(error, "stack", { value, writable: true, configurable: true });
  return error;
}
