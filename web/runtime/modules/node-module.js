// Chunk "nodeModule", the built-in node:module: the class of CommonJS modules with what programs use of it.

/** @import { Builtins } from "./builtins.js" */

import { nodeError } from "../errors.js";
import { nodeModules } from "./paths.js";

/**
 * @param {object} needs
 * @param {any} needs.Module
 * @param {object} needs.cache
 * @param {object} needs.extensions
 * @param {Builtins} needs.builtins
 * @param {(filename: string) => Function} needs.create makes a `require` for a file
 */
export default function nodeModule({ Module, cache, extensions, builtins, create }) {
  if (Module.Module) return Module;
  return Object.assign(Module, {
    _cache: cache,
    _extensions: extensions,
    _nodeModulePaths: nodeModules,
    builtinModules: builtins.names.toSorted(),
    /** @param {string} script */
    wrap: (script) => `(function (exports, require, module, __filename, __dirname) { ${script}\n});`,
    syncBuiltinESMExports() {},
    /** @param {string} name */
    isBuiltin(name) {
      try {
        return builtins.nameOf(`${name}`) !== null;
      } catch {
        return false;
      }
    },
    /** @param {string | URL} filename a path or a file: URL */
    createRequire(filename) {
      const path = decodeURI(`${filename}`.replace(/^file:\/\//, ""));
      if (path.startsWith("/")) return create(path.endsWith("/") ? `${path}noop.js` : path);
      const message = `The argument 'filename' must be a file URL object, file URL string, or absolute path string. Received '${filename}'`;
      throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", message);
    },
    Module,
  });
}
