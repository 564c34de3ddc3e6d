// Chunk "path": node:path with "/" and, as path.win32, with "\". What matchesGlob needs is a chunk of its own.

/** @import { Kit } from "../kit.js" */

import { posix as slashes, win32 as backslashes } from "path-unified";
import { useKit } from "./kit-of-packages.js";
import { validateString } from "./path-needs.js";

/** @param {Kit} kit */
export default function pathModule(kit) {
  useKit(kit);
  const posix = flavour(slashes, "linux", kit);
  const win32 = flavour(backslashes, "win32", kit);
  for (const path of [posix, win32]) Object.assign(path, { posix, win32, _makeLong: path.toNamespacedPath });
  return posix;
}

/** @param {typeof slashes} path @param {"linux" | "win32"} platform @param {Kit} kit @returns {Record<string, any>} */
function flavour({ posix: _posix, win32: _win32, sep, delimiter, ...functions }, platform, kit) {
  // The package's functions have other names.
  for (const [name, value] of Object.entries(functions)) Object.defineProperty(value, "name", { value: name, configurable: true });
  return {
    ...functions,
    /** @param {unknown} path @param {unknown} pattern */
    matchesGlob(path, pattern) {
      validateString(path, "path");
      validateString(pattern, "pattern");
      return kit.builtin("internal/glob")(path, pattern, platform);
    },
    sep,
    delimiter,
  };
}
