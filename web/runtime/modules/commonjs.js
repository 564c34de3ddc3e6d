// CommonJS as Node has it: `module`, `require` with its cache, cycles, failures and JSON.

/** @import { Host, Prepared } from "../../protocol.d.ts" */
/** @import { Resolver } from "./resolve.js" */
/** @import { Builtins } from "./builtins.js" */

import { invalidArgument, nodeError, unsupported } from "../errors.js";
import { dirname, extension, nodeModules } from "./paths.js";

const { apply } = Reflect;
const { defineProperty, create } = Object;

/**
 * @typedef {ReturnType<typeof createCommonJs>} CommonJs
 * @param {object} needs
 * @param {Host} needs.host
 * @param {Map<string, string>} needs.files
 * @param {Map<string, Prepared>} needs.prepared
 * @param {Resolver} needs.resolver
 * @param {Builtins} needs.builtins
 */
export function createCommonJs({ host, files, prepared, resolver, builtins }) {
  /** @type {Record<string, Module>} */
  const cache = create(null);
  /** @type {Module | undefined} */
  let main;

  class Module {
    id;
    path;
    /** @type {any} */
    exports = {};
    filename;
    loaded = false;
    /** @type {Module[]} */
    children = [];
    paths;

    /** @param {string} filename @param {Module | null} parent */
    constructor(filename, parent) {
      this.id = parent === null && main === undefined ? "." : filename;
      this.path = dirname(filename);
      this.filename = filename;
      this.paths = nodeModules(this.path);
      defineProperty(this, "parent", { value: parent, writable: true, configurable: true });
      parent?.children.push(this);
    }

    /** @param {string} specifier */
    require(specifier) {
      return load(specifier, this);
    }
  }
  // Node prints a module without a class name.
  delete (/** @type {any} */ (Module.prototype).constructor);

  const extensions = { ".js": evaluateScript, ".json": evaluateJson };

  /** @param {string} specifier @param {Module} parent */
  function load(specifier, parent) {
    requireSpecifier(specifier);
    const builtin = builtins.nameOf(specifier);
    if (builtin !== null) return builtins.load(builtin);
    const filename = resolve(specifier, parent);
    const cached = cache[filename];
    if (cached) {
      if (!parent.children.includes(cached)) parent.children.push(cached);
      return cached.exports;
    }
    return evaluate(new Module(filename, parent)).exports;
  }

  /** @param {Module} module */
  function evaluate(module) {
    const { filename } = module;
    cache[filename] = module;
    let failed = true;
    try {
      if (extension(filename) === ".json") evaluateJson(module, filename);
      else evaluateScript(module, filename);
      failed = false;
    } finally {
      if (failed) delete cache[filename];
    }
    module.loaded = true;
    return module;
  }

  /** @param {Module} module @param {string} filename */
  function evaluateScript(module, filename) {
    const file = prepared.get(filename);
    if (file?.kind === "module" || extension(filename) === ".mjs") throw unsupported("require() of an ES module");
    const source = file?.source ?? /** @type {string} */ (files.get(filename));
    const wrapper = host.compileFunction(source, filename);
    apply(wrapper, module.exports, [module.exports, requireOf(module), module, filename, module.path]);
  }

  /** @param {Module} module @param {string} filename */
  function evaluateJson(module, filename) {
    const text = /** @type {string} */ (files.get(filename)).replace(/^\uFEFF/, "");
    try {
      module.exports = JSON.parse(text);
    } catch (error) {
      /** @type {Error} */ (error).message = `${filename}: ${/** @type {Error} */ (error).message}`;
      throw error;
    }
  }

  /** @param {string} specifier @param {Module} parent */
  function resolve(specifier, parent) {
    const found = resolver.commonjs(specifier, parent.path);
    if (found !== null) return found;
    const stack = requireStack(parent);
    const message = `Cannot find module '${specifier}'\nRequire stack:\n- ${stack.join("\n- ")}`;
    const error = /** @type {any} */ (new Error(message));
    error.code = "MODULE_NOT_FOUND";
    error.requireStack = stack;
    throw error;
  }

  /** @param {Module} module */
  function requireOf(module) {
    /** @param {string} specifier */
    function require(specifier) {
      return module.require(specifier);
    }
    /** @param {string} specifier */
    require.resolve = function resolveSpecifier(specifier) {
      requireSpecifier(specifier);
      return builtins.nameOf(specifier) === null ? resolve(specifier, module) : specifier;
    };
    defineProperty(require.resolve, "name", { value: "resolve" });
    require.main = main;
    require.extensions = extensions;
    require.cache = cache;
    return require;
  }

  return {
    /**
     * Runs the entry; gives its module, whose exports may still change.
     * @param {string} filename
     */
    runMain(filename) {
      const module = new Module(filename, null);
      main = module;
      return evaluate(module);
    },
    /** `require` as the file at that path has it, whether it is there or not. @param {string} filename */
    createRequire: (filename) => requireOf(new Module(filename, null)),
    /** An ES module's import of a CommonJS or JSON file. @param {string} filename */
    importFile(filename) {
      return (cache[filename] ?? evaluate(new Module(filename, null))).exports;
    },
  };
}

/** @param {unknown} specifier */
function requireSpecifier(specifier) {
  if (typeof specifier !== "string") throw invalidArgument("id", "of type string", specifier);
  if (specifier !== "") return;
  throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", "The argument 'id' must be a non-empty string. Received ''");
}

/** @param {any} module @returns {string[]} */
function requireStack(module) {
  const stack = [];
  for (let at = module; at; at = at.parent) stack.push(at.filename);
  return stack;
}
