// CommonJS as Node has it: `module`, `require` with its cache, cycles, failures and JSON.

/** @import { Host, Prepared } from "../../protocol.d.ts" */
/** @import { Resolver } from "./resolve.js" */
/** @import { Builtins } from "./builtins.js" */
/** @import { Graph } from "./graph.js" */
/** @import nodeModule from "./node-module.js" */

import { defineProperty } from "../define.js";
import { invalidArgument, isError, nodeError } from "../errors.js";
import { extension, dirname, isRelative, join, nodeModules } from "./paths.js";
import { placedSyntaxError } from "./placed-error.js";
import { named } from "../values.js";

const { apply } = Reflect;
const { create } = Object;

/** Where Node looks besides, whatever the directory. */
const LIBRARY = "/usr/lib/node";

/** Node keeps these in each module, and shows them. */
const IS_MAIN = Symbol("kIsMainSymbol");
const BY_ES_MODULES = Symbol("kIsCachedByESMLoader");
const URL_OF = Symbol("kURL");
const FORMAT = Symbol("kFormat");
const IS_EXECUTING = Symbol("kIsExecuting");

/**
 * @typedef {ReturnType<typeof createCommonJs>} CommonJs
 * @param {object} needs
 * @param {Host} needs.host
 * @param {Map<string, string>} needs.files
 * @param {Map<string, Prepared>} needs.prepared
 * @param {Resolver} needs.resolver
 * @param {Builtins} needs.builtins
 * @param {(path: string, stack: string[], from: string) => unknown} needs.requireModule
 * @param {() => Graph | null} needs.loads null: nobody wants to know what is loaded
 */
export function createCommonJs({ host, files, prepared, resolver, builtins, requireModule, loads }) {
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
    /** @type {string[]} */
    paths;

    /** @param {string} filename @param {Module | null | undefined} parent null: the program's first; undefined: an ES module imports it */
    constructor(filename, parent) {
      this.id = parent === null ? "." : filename;
      this.path = dirname(filename);
      this.filename = filename;
      this.paths = nodeModules(this.path);
      defineProperty(this, "parent", { value: parent, writable: true, configurable: true });
      parent?.children.push(this);
    }

    /** @param {string} specifier */
    require(specifier) {
      requireSpecifier(specifier);
      return load(specifier, this);
    }
  }
  named("Module", Module);
  // An accessor in Node too, so that a module is printed without the name of its class.
  defineProperty(Module.prototype, "constructor", { get: () => Module, configurable: true });
  defineProperty(Module.prototype, "isPreloading", { get: () => false, configurable: true });

  const extensions = Object.assign(create(null), {
    ".js": anonymous(evaluateScript),
    ".json": anonymous(evaluateJson),
    ".node": anonymous(evaluateScript),
  });

  /** @param {string} specifier @param {Module} parent */
  function load(specifier, parent) {
    const builtin = builtins.nameOf(specifier);
    if (builtin !== null) {
      loads()?.asks(parent.filename, `node:${builtin}`, "require", specifier, "loaded");
      return builtins.load(builtin);
    }
    const filename = resolve(specifier, parent.filename, parent);
    const cached = cache[filename];
    loads()?.asks(parent.filename, filename, "require", specifier, cached ? "found" : "loaded");
    if (!cached) return evaluate(new Module(filename, parent)).exports;
    if (!cached.loaded && isNative(filename)) requireModule(filename, requireStack(/** @type {any} */ (cached).parent), parent.filename);
    if (!parent.children.includes(cached)) parent.children.push(cached);
    return cached.exports;
  }

  /** @param {string} filename */
  const isNative = (filename) => prepared.get(filename)?.kind === "module";

  /** @param {Module} module */
  function evaluate(module) {
    const { filename } = module;
    cache[filename] = module;
    Object.assign(module, { [IS_MAIN]: module === main, [BY_ES_MODULES]: false, [URL_OF]: undefined, [FORMAT]: formatByPackage(filename) });
    /** @type {any} */ (module)[IS_EXECUTING] = true;
    let failed = true;
    // An ES module tells it by itself.
    const told = isNative(filename) ? null : loads();
    told?.begins(filename);
    try {
      if (extension(filename) === ".json") evaluateJson(module, filename);
      else evaluateScript(module, filename);
      failed = false;
    } finally {
      if (failed) {
        forget(module);
        told?.breaks(filename);
      }
    }
    /** @type {any} */ (module)[IS_EXECUTING] = false;
    module.loaded = true;
    told?.ends(filename);
    return module;
  }

  /** What threw may be required again. @param {Module} module */
  function forget(module) {
    delete cache[module.filename];
    const siblings = /** @type {any} */ (module).parent?.children;
    const at = siblings ? siblings.indexOf(module) : -1;
    if (at >= 0) siblings.splice(at, 1);
  }

  /** @param {string} filename */
  function formatByPackage(filename) {
    if (filename.endsWith(".json")) return "json";
    if (filename.endsWith(".cjs") || filename === main?.filename) return "commonjs";
    const directory = filename.endsWith(".js") ? resolver.scope(filename) : null;
    const type = directory === null ? undefined : resolver.manifest(directory)?.type;
    return type === "module" || type === "commonjs" ? type : undefined;
  }

  /** @param {Module} module @param {string} filename */
  function evaluateScript(module, filename) {
    const file = prepared.get(filename);
    if (file?.error) throw placedSyntaxError(file.error.message, filename, file.error);
    if (isNative(filename)) {
      const stack = requireStack(/** @type {any} */ (module).parent);
      module.exports = requireModule(filename, stack, stack[0]);
      return;
    }
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
      throw isError(error) ? jsonError(error, filename) : error;
    }
  }

  /** @param {string} specifier @param {string} from @param {Module | null} parent */
  function resolve(specifier, from, parent) {
    const found = resolver.commonjs(specifier, from);
    if (found !== null) return found;
    const stack = requireStack(parent);
    const told = stack.length > 0 ? `\nRequire stack:\n- ${stack.join("\n- ")}` : "";
    const error = /** @type {any} */ (new Error(`Cannot find module '${specifier}'${told}`));
    error.code = "MODULE_NOT_FOUND";
    error.requireStack = stack;
    throw error;
  }

  /** @param {Module} module */
  function requireOf(module) {
    /** @param {string} path */
    function require(path) {
      return module.require(path);
    }
    require.resolve = resolverOf(module);
    require.main = main;
    require.extensions = extensions;
    require.cache = cache;
    return named("require", require);
  }

  /** @param {Module} module */
  function resolverOf(module) {
    /** @param {string} request @param {{ paths?: string[] }} [options] */
    function resolveRequest(request, options) {
      requireSpecifier(request, "request");
      if (builtins.nameOf(request) !== null) return request;
      for (const directory of options?.paths ?? []) {
        const found = resolver.commonjs(request, join(directory, "noop.js"));
        if (found !== null) return found;
      }
      return resolve(request, options?.paths ? "/" : module.filename, module);
    }
    /** @param {string} request */
    function paths(request) {
      requireSpecifier(request, "request");
      if (builtins.nameOf(request) !== null) return null;
      return isRelative(request) && !request.startsWith("/") ? [module.path] : [...module.paths, LIBRARY];
    }
    return Object.assign(named("resolve", resolveRequest), { paths: named("paths", paths) });
  }

  /** @param {string} filename of an ES module, or of nothing */
  const requireAnywhere = (filename) => requireOf(Object.assign(new Module(filename, undefined), { [URL_OF]: `file://${encodeURI(filename)}` }));

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
    /** An ES module's import of a CommonJS or JSON file. @param {string} filename */
    importFile(filename) {
      return (cache[filename] ?? evaluate(new Module(filename, undefined))).exports;
    },
    /** What node:module gives. @param {typeof nodeModule} make */
    builtin: (make) => make({ Module, cache, extensions, builtins, create: requireAnywhere }),
  };
}

/** Without a name, as Node's. @param {Function} evaluate */
const anonymous = (evaluate) => (/** @type {unknown[]} */ ...args) => apply(evaluate, undefined, args);

/** @param {Error} error @param {string} filename */
function jsonError(error, filename) {
  const message = `${filename}: ${error.message}`;
  const stack = String(error.stack).replace(`: ${error.message}`, () => `: ${message}`);
  for (const [name, value] of Object.entries({ message, stack })) {
    defineProperty(error, name, { value, writable: true, configurable: true });
  }
  return error;
}

/** @param {unknown} specifier @param {string} name of the argument */
function requireSpecifier(specifier, name = "id") {
  if (typeof specifier !== "string") throw invalidArgument(name, "of type string", specifier);
  if (specifier !== "" || name !== "id") return;
  throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", "The argument 'id' must be a non-empty string. Received ''");
}

/** @param {any} module @returns {string[]} */
function requireStack(module) {
  const stack = [];
  for (let at = module; at; at = at.parent) stack.push(at.filename);
  return stack;
}
