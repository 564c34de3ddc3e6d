// Chunk "path": node:path with "/" (its posix form; Galley's files know no other).

import path from "path-browserify";

/** @param {import("../kit.js").Kit} kit */
export default function pathModule(kit) {
  // path-browserify asks a global `process` for the working directory, which the author may have replaced.
  const resolve = path.resolve;
  const exports = { ...path, resolve: (/** @type {string[]} */ ...parts) => resolve(kit.process.cwd(), ...parts) };
  return Object.assign(exports, { posix: exports });
}
