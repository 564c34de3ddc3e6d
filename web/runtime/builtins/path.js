// Chunk "path": node:path with "/" (its posix form; Galley's files know no other).

import path from "path-browserify";
import { invalidArgument } from "../errors.js";

/** What is checked before anything else, by function: the names of the parameters that are text. */
const TEXTS = /** @type {Record<string, string[]>} */ ({
  basename: ["path"],
  dirname: ["path"],
  extname: ["path"],
  isAbsolute: ["path"],
  normalize: ["path"],
  parse: ["path"],
  relative: ["from", "to"],
});

/** @param {import("../kit.js").Kit} kit */
export default function pathModule(kit) {
  // path-browserify asks a global `process` for the working directory, which the author may have replaced.
  const { resolve, join } = path;
  const exports = {
    ...path,
    /** @param {string[]} parts */
    resolve: (...parts) => resolve(kit.process.cwd(), ...texts(parts)),
    /** @param {string[]} parts */
    join: (...parts) => join(...texts(parts)),
    /** @param {string} path @param {string} pattern */
    matchesGlob(path, pattern) {
      requireText("path", path);
      requireText("pattern", pattern);
      return globExpression(pattern).test(path);
    },
  };
  for (const [name, parameters] of Object.entries(TEXTS)) {
    const native = /** @type {any} */ (path)[name];
    const checked = (/** @type {unknown[]} */ ...args) => {
      parameters.forEach((parameter, index) => requireText(parameter, args[index]));
      return native(...args);
    };
    Object.assign(exports, { [name]: Object.defineProperty(checked, "name", { value: name }) });
  }
  return Object.assign(exports, { posix: exports });
}

/** @param {string[]} parts */
function texts(parts) {
  for (const part of parts) requireText("path", part);
  return parts;
}

/** @param {string} name @param {unknown} value */
function requireText(name, value) {
  if (typeof value !== "string") throw invalidArgument(name, "of type string", value);
}

/** `*`, `**`, `?`, `[a-z]` and `{a,b}`. @param {string} pattern */
function globExpression(pattern) {
  const words = pattern.replace(/\*\*\/|\*\*|\*|\?|\[[^\]]*\]|[{},]|[.+^$()|\\]/g, (mark) => {
    if (mark === "**/") return "(?:[^/]+/)*";
    if (mark === "**") return ".*";
    if (mark === "*") return "[^/]*";
    if (mark === "?") return "[^/]";
    if (mark[0] === "[") return mark.replace("[!", "[^");
    return { "{": "(?:", "}": ")", ",": "|" }[mark] ?? `\\${mark}`;
  });
  return new RegExp(`^${words}$`);
}
