// Chunk "modules", ES modules: the engine runs them, this says where a specifier leads and what the source text is. Built-ins,
// CommonJS and JSON files become small modules whose exports are read from `import.meta.galley`.

/** @import { Host, Prepared } from "../../protocol.d.ts" */
/** @import { Resolver } from "./resolve.js" */
/** @import { Builtins } from "./builtins.js" */
/** @import { CommonJs } from "./commonjs.js" */
/** @import { Graph } from "./graph.js" */

import { defineProperty } from "../define.js";
import { nodeError, unsupported } from "../errors.js";
import { createLinker } from "./link.js";
import { dirname, extension, withoutQuery } from "./paths.js";
import { createEsmResolver, quietly } from "./resolve-esm.js";
import { explainModuleScope } from "./scope-words.js";

/** What the host resolves from here is a path already. */
const INTERNAL = "galley:";

/**
 * @typedef {ReturnType<typeof createEsModules>} EsModules
 * @param {object} needs
 * @param {Host} needs.host
 * @param {Map<string, string>} needs.files
 * @param {Map<string, Prepared>} needs.prepared
 * @param {Resolver} needs.resolver
 * @param {Builtins} needs.builtins
 * @param {CommonJs} needs.commonjs
 * @param {string} needs.entry
 * @param {() => Graph | null} needs.loads null: nobody wants to know what is loaded
 */
export default function createEsModules({ host, files, prepared, resolver, builtins, commonjs, entry, loads }) {
  /** What is being evaluated now, outermost first: modules, and CommonJS files that a module imports. @type {string[]} */
  const running = [];
  /** Modules whose body has run to its end. @type {Set<string>} */
  const done = new Set();
  /** What `require` gave for an ES module. @type {Map<string, unknown>} */
  const required = new Map();
  const resolveFile = createEsmResolver(resolver);
  const linker = createLinker({ native, names, isCommonJs: (path) => isFile(path) && !isJson(path) && native(path) === null, resolve });

  /** @param {string} path */
  function native(path) {
    const file = prepared.get(withoutQuery(path));
    return file?.kind === "module" ? file : null;
  }

  /** The exports of what is no ES module. @param {string} path @returns {string[]} */
  function names(path) {
    if (!isFile(path)) return [...new Set(["default", ...Object.keys(builtins.load(path.slice("node:".length)))])];
    return isJson(path) ? ["default"] : ["default", "module.exports", ...commonJsNames(withoutQuery(path), new Set())];
  }

  /** @param {string} path @param {Set<string>} seen @returns {Set<string>} */
  function commonJsNames(path, seen) {
    const file = prepared.get(path);
    const found = new Set(file?.names);
    if (!file || file.kind === "module" || seen.has(path)) return found;
    seen.add(path);
    for (const specifier of file.reexports ?? []) {
      const target = quietly(() => resolver.commonjs(specifier, path));
      if (target !== null) for (const name of commonJsNames(target, seen)) found.add(name);
    }
    found.delete("default");
    return found;
  }

  /** @param {string} specifier @param {string} from @param {Record<string, string>} [attributes] @returns {string} */
  function resolve(specifier, from, attributes = {}) {
    if (from.startsWith(INTERNAL)) return specifier;
    // Code made of strings stands in no file.
    const path = locate(specifier, from.startsWith("/") ? from : entry);
    checkAttributes(path, attributes);
    return path;
  }

  /** @param {string} specifier @param {string} from @returns {string} */
  function locate(specifier, from) {
    const builtin = builtins.nameOf(specifier);
    return builtin === null ? resolveFile(specifier, from) : `node:${builtin}`;
  }

  /** @param {string} path */
  function evaluateCommonJs(path) {
    running.push(path);
    try {
      return commonjs.importFile(path);
    } finally {
      running.pop();
    }
  }

  /** The file that runs for it: a query makes another instance of ES modules alone. @param {string} path */
  const fileOf = (path) => (isFile(path) && native(path) === null ? withoutQuery(path) : path);

  return {
    explainModuleScope,

    /** For the host. @type {import("../../protocol.d.ts").Runtime["resolve"]} */
    resolve(specifier, from, attributes) {
      const path = resolve(specifier, from, attributes);
      const told = from.startsWith(INTERNAL) ? null : loads();
      // What an import declaration names has been told with the module.
      if (told && !told.isLinking(from, specifier)) told.asks(from, fileOf(path), "import()", specifier, "loaded");
      return path;
    },

    /** As `import()` of it would. */
    locate,

    /** @param {string} path @returns {string} */
    moduleSource(path) {
      const file = native(path);
      if (file === null) return bridge(names(path));
      linker.link(path);
      const imports = file.module?.imports ?? [];
      loads()?.links(path, imports.map(({ specifier, attributes }) => ({ specifier, to: fileOf(resolve(specifier, path, attributes)) })));
      return host.evaluateModule ? `import.meta.galley.begin();${file.source}\n;import.meta.galley.end()` : file.source;
    },

    /** @param {any} meta @param {string} path */
    initMeta(meta, path) {
      if (!isFile(path)) {
        defineProperty(meta, "galley", { value: builtins.load(path.slice("node:".length)) });
        return;
      }
      if (native(path) === null) {
        // Evaluated when the bridge reads it, that is in the order of imports.
        defineProperty(meta, "galley", { get: () => evaluateCommonJs(withoutQuery(path)) });
        return;
      }
      defineProperty(meta, "galley", { value: { begin: () => began(path), end: () => ended(path) } });
      meta.dirname = dirname(withoutQuery(path));
      meta.filename = withoutQuery(path);
      meta.main = path === entry;
      meta.resolve = { resolve: (/** @type {string} */ specifier) => url(locateLoosely(`${specifier}`, path)) }.resolve;
      meta.url = url(path);
    },

    /**
     * `require` of an ES module: what it gives.
     * @param {string} path
     * @param {string[]} stack of the requiring files, nearest first
     * @param {string} from who asks now
     */
    requireModule(path, stack, from) {
      if (required.has(path)) return required.get(path);
      if (!host.evaluateModule) throw unsupported("require() of an ES module");
      linker.link(path);
      const graph = linker.reach(path);
      if (graph.some(isUnderWay)) {
        loads()?.asks(from, path, "require", path, "refused");
        const message = `Cannot require() ES Module ${path} in a cycle. (from ${stack[0]})`;
        throw nodeError(Error, "ERR_REQUIRE_CYCLE_MODULE", message);
      }
      if (graph.some((file) => native(file)?.module?.awaits)) throw asyncModule(path, stack);
      const depth = running.length;
      try {
        const value = evaluateNow(path);
        required.set(path, value);
        return value;
      } finally {
        running.length = depth; // what threw never came to its end
      }
    },
  };

  /** @param {string} path */
  function began(path) {
    running.push(path);
    loads()?.begins(path);
  }

  /** @param {string} path */
  function ended(path) {
    running.splice(running.lastIndexOf(path), 1);
    done.add(path);
    loads()?.ends(path);
  }

  /**
   * The engine is evaluating the module, or one of a cycle that it is in: it must not be asked for it again before it
   * is through.
   * @param {string} path
   */
  function isUnderWay(path) {
    const graph = linker.reach(path);
    return graph.some((file) => running.includes(file)) && !graph.every((file) => native(file) === null || done.has(file));
  }

  /** @param {string} path */
  function evaluateNow(path) {
    const syntax = native(path)?.module;
    const has = (/** @type {string} */ name) => syntax?.exports.includes(name) || syntax?.reexports.some((reexport) => reexport.name === name);
    // A module with a default export looks to CommonJS as if it had been compiled to it.
    const facade = has("default") && !has("__esModule") && !has("module.exports");
    const from = JSON.stringify(path);
    const source = facade
      ? `export * from ${from}; export { default } from ${from}; export const __esModule = true;`
      : `export * as namespace from ${from};`;
    const [promise, exports] = /** @type {NonNullable<Host["evaluateModule"]>} */ (host.evaluateModule)(source);
    const [state, result] = host.promiseDetails(promise) ?? [1];
    if (state === 2) {
      promise.catch(() => {});
      throw result;
    }
    const namespace = facade ? exports : exports.namespace;
    return "module.exports" in namespace ? namespace["module.exports"] : namespace;
  }

  /** As `import.meta.resolve` does: a file need not be there. @param {string} specifier @param {string} from */
  function locateLoosely(specifier, from) {
    try {
      return locate(specifier, from);
    } catch (error) {
      const { code, url } = /** @type {{ code?: string, url?: string }} */ (error);
      if (code === "ERR_MODULE_NOT_FOUND" && url !== undefined) return decodeURI(url.slice("file://".length));
      throw error;
    }
  }
}

/** @param {string} path */
const isFile = (path) => !path.startsWith("node:");

/** @param {string} path */
const isJson = (path) => extension(withoutQuery(path)) === ".json";

/** @param {string} path */
const url = (path) => (isFile(path) ? `file://${encodeURI(path)}` : path);

/** @param {string} path @param {Record<string, string>} attributes */
function checkAttributes(path, attributes) {
  for (const key of Object.keys(attributes)) {
    if (key === "type" && attributes[key] === "json") continue;
    const message = `Import attribute "${key}" with value "${attributes[key]}" is not supported in ${url(path)}`;
    throw nodeError(TypeError, "ERR_IMPORT_ATTRIBUTE_UNSUPPORTED", message);
  }
  if (isFile(path) && isJson(path)) {
    if (attributes.type === undefined) {
      throw nodeError(TypeError, "ERR_IMPORT_ATTRIBUTE_MISSING", `Module "${url(path)}" needs an import attribute of "type: json"`);
    }
  } else if (attributes.type !== undefined) {
    throw nodeError(TypeError, "ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE", `Module "${url(path)}" is not of type "json"`);
  }
}

/** @param {string} path @param {string[]} stack */
function asyncModule(path, stack) {
  const message =
    "require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await " +
    `comes from, use --experimental-print-required-tla.\nRequired module: ${path}\nRequire stack:\n- ${stack.join("\n- ")}`;
  return nodeError(Error, "ERR_REQUIRE_ASYNC_MODULE", message);
}

/** The module's own name, under which it exports the whole, and the names that the whole has. @param {string[]} names */
function bridge(names) {
  const isWhole = (/** @type {string} */ name) => name === "default" || name === "module.exports";
  const wholes = names.filter(isWhole);
  const named = names.filter((name) => !isWhole(name));
  const locals = named.map((name, i) => `const e${i} = own(${JSON.stringify(name)});`).join("");
  const exports = [...named.map((name, i) => `e${i} as ${JSON.stringify(name)}`), ...wholes.map((name) => `m as ${JSON.stringify(name)}`)];
  // A name that the text promised need not be there.
  return `const m = import.meta.galley; const own = (name) => (m === null || m === undefined ? undefined : m[name]);${locals} export { ${exports.join(", ")} };`;
}
