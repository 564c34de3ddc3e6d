// ES modules: the engine runs them, this says where a specifier leads and what the source text is. Built-ins,
// CommonJS and JSON files become small modules whose exports are read from `import.meta.galley`.

/** @import { Prepared } from "../../protocol.d.ts" */
/** @import { Resolver } from "./resolve.js" */
/** @import { Builtins } from "./builtins.js" */
/** @import { CommonJs } from "./commonjs.js" */

import { dirname, extension } from "./paths.js";

const { defineProperty } = Object;

/**
 * @param {object} needs
 * @param {Map<string, string>} needs.files
 * @param {Map<string, Prepared>} needs.prepared
 * @param {Resolver} needs.resolver
 * @param {Builtins} needs.builtins
 * @param {CommonJs} needs.commonjs
 * @param {string} needs.entry
 */
export function createEsModules({ files, prepared, resolver, builtins, commonjs, entry }) {
  /** @param {string} path */
  const isNative = (path) => prepared.get(path)?.kind === "module" || extension(path) === ".mjs";

  /** @param {string} specifier @param {string} from @returns {string} */
  function resolve(specifier, from) {
    const builtin = builtins.nameOf(specifier);
    return builtin === null ? resolver.esm(specifier, from) : `node:${builtin}`;
  }

  return {
    resolve,

    /** @param {string} path @returns {string} */
    moduleSource(path) {
      if (path.startsWith("node:")) {
        return bridge("import.meta.galley", Object.keys(builtins.load(path.slice("node:".length))));
      }
      if (isNative(path)) return prepared.get(path)?.source ?? /** @type {string} */ (files.get(path));
      return bridge("import.meta.galley", prepared.get(path)?.names ?? []);
    },

    /** @param {any} meta @param {string} path */
    initMeta(meta, path) {
      if (path.startsWith("node:")) {
        defineProperty(meta, "galley", { value: builtins.load(path.slice("node:".length)) });
        return;
      }
      if (!isNative(path)) {
        // Evaluated when the bridge reads it, that is in the order of imports.
        defineProperty(meta, "galley", { get: () => commonjs.importFile(path) });
        return;
      }
      meta.dirname = dirname(path);
      meta.filename = path;
      meta.main = path === entry;
      meta.resolve = (/** @type {string} */ specifier) => url(resolve(`${specifier}`, path));
      meta.url = url(path);
    },
  };
}

/** @param {string} path */
const url = (path) => (path.startsWith("node:") ? path : `file://${encodeURI(path)}`);

/** @param {string} from @param {string[]} names */
function bridge(from, names) {
  const named = names.filter((name) => name !== "default");
  const locals = named.map((name, i) => `const e${i} = m[${JSON.stringify(name)}];`).join("");
  const exports = named.map((name, i) => `e${i} as ${JSON.stringify(name)}`).join(", ");
  return `const m = ${from}; export default m;${locals} export { ${exports} };`;
}
