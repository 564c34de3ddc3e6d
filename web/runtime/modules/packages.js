// The package.json files: which there are, and what they say.

import { nodeError } from "../errors.js";
import { join, dirname } from "./paths.js";

/** @typedef {ReturnType<typeof createPackages>} Packages @param {Map<string, string>} files */
export function createPackages(files) {
  /** @type {Map<string, Record<string, any> | null>} */
  const manifests = new Map();

  /** The package.json of a directory. @param {string} directory @returns {Record<string, any> | null} */
  function manifest(directory) {
    const path = join(directory, "package.json");
    if (!manifests.has(path)) {
      const text = files.get(path);
      manifests.set(path, text === undefined ? null : parseManifest(path, text));
    }
    return /** @type {Record<string, any> | null} */ (manifests.get(path));
  }

  return {
    manifest,

    /** The nearest directory with a package.json. @param {string} path of a file @returns {string | null} */
    scope(path) {
      for (let at = dirname(path); ; at = dirname(at)) {
        if (at.endsWith("/node_modules")) return null;
        if (files.has(join(at, "package.json"))) return at;
        if (at === "/") return null;
      }
    },
  };
}

/** @param {string} path @param {string} text */
function parseManifest(path, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw nodeError(Error, "ERR_INVALID_PACKAGE_CONFIG", `Invalid package config ${path}.`);
  }
}
