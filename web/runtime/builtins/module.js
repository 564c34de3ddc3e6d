// Chunk "module": node:module.

/** @import { Kit } from "../kit.js" */

import { nodeError } from "../errors.js";

/** @param {Kit} kit */
export default function moduleModule(kit) {
  const builtinModules = kit.builtinNames.toSorted();

  /** @param {any} from a path or file: URL */
  function createRequire(from) {
    const isURL = typeof from === "object" || /^file:/.test(from);
    if (isURL || /^\//.test(from)) return kit.createRequire(isURL ? kit.builtin("url").fileURLToPath(from) : from);
    const shown = kit.printer.inspect(from);
    throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The argument 'filename' must be a file URL object, file URL string, or absolute path string. Received ${shown}`);
  }

  return {
    builtinModules,
    createRequire,
    /** @param {unknown} name */
    isBuiltin: (name) => builtinModules.includes(`${name}`.replace(/^node:/, (prefix) => (builtinModules.includes(`${name}`) ? prefix : ""))),
    /** @param {string} script */
    wrap: (script) => `(function (exports, require, module, __filename, __dirname) { ${script}\n});`,
    syncBuiltinESMExports() {},
  };
}
