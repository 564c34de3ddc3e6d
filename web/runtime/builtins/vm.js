// Chunk "vm": node:vm without its modules. A script is compiled when it runs; that it compiles is proven when it is made,
// by the tools, whose words are V8's.

/** @import { Kit } from "../kit.js" */
/** @import { Tools } from "../../protocol.d.ts" */
/** @import { Context } from "./vm-context.js" */

import { invalidArgument, nodeError, unsupported } from "../errors.js";
import { createContext as contextOf, createPlainContext } from "./vm-context.js";
import { readOptions, requireObject, requireParameters } from "./vm-options.js";

/** @param {Kit} kit */
export default function vm(kit) {
  const { host, scripts } = kit;
  const { evaluateScript } = host;
  if (!evaluateScript) throw unsupported("node:vm");
  const formatStack = /** @type {any} */ (Error).prepareStackTrace;
  /** By the object. @type {WeakMap<object, Context>} */
  const contexts = new WeakMap();
  const constants = Object.assign(Object.create(null), {
    USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol("vm_dynamic_import_main_context_default"),
    DONT_CONTEXTIFY: Symbol("vm_context_no_contextify"),
  });
  /** @type {Tools | undefined} */
  let loadedTools;
  const tools = () => (loadedTools ??= /** @type {Tools} */ (host.chunk("tools")));

  /**
   * Fails as compiling does.
   * @param {string} source @param {string} filename @param {number} lineOffset @param {any} global whose SyntaxError it is
   */
  function requireSyntax(source, filename, lineOffset, global) {
    const { error } = tools().parse(source, "script");
    if (!error) return;
    const { message, line, column } = error;
    const text = source.split("\n")[line - 1] ?? "";
    const length = /^[\w$]*/.exec(text.slice(column - 1))?.[0].length || 1;
    const problem = new global.SyntaxError(message);
    const place = `${filename}:${line + lineOffset}\n${text}\n${" ".repeat(column - 1)}${"^".repeat(length)}\n\n`;
    problem.stack = place + problem.stack;
    throw problem;
  }

  /** @param {string} source @param {string} filename @param {number} lineOffset */
  function remember(source, filename, lineOffset) {
    // As a module, since nothing stands in front of it.
    scripts.set(filename, { path: filename, kind: "module", source: "\n".repeat(Math.min(Math.max(lineOffset, 0), 10_000)) + source, names: [] });
  }

  /** @param {any} global whose Error it is @param {number} timeout */
  function timedOut(global, timeout) {
    return nodeError(global.Error, "ERR_SCRIPT_EXECUTION_TIMEOUT", `Script execution timed out after ${timeout}ms`);
  }

  class Script {
    #source;
    #filename;
    #lineOffset;
    /** @param {unknown} code @param {any} [options] */
    constructor(code, options) {
      const { filename, lineOffset } = readOptions(options);
      this.#source = `${code}`;
      this.#lineOffset = lineOffset;
      this.sourceURL = magicComment(this.#source, "sourceURL");
      this.sourceMapURL = magicComment(this.#source, "sourceMappingURL");
      this.#filename = this.sourceURL ?? filename;
      requireSyntax(this.#source, this.#filename, lineOffset, options?.[REALM] ?? globalThis);
      remember(this.#source, this.#filename, lineOffset);
    }
    /** @param {any} [options] */
    runInThisContext(options) {
      return this.#evaluate(0, globalThis, readOptions(options).timeout);
    }
    /** @param {any} contextifiedObject @param {any} [options] */
    runInContext(contextifiedObject, options) {
      const context = contextFor(contextifiedObject);
      const { timeout } = readOptions(options);
      return context.run((realm) => this.#evaluate(realm, context.global, timeout), tools().globalNames(this.#source));
    }
    /** @param {any} [contextObject] @param {any} [options] */
    runInNewContext(contextObject, options) {
      return this.runInContext(createContext(contextObject), options);
    }
    /** @param {number} realm @param {any} global @param {number} timeout */
    #evaluate(realm, global, timeout) {
      const result = inWordsOfV8(() => /** @type {Function} */ (evaluateScript)(this.#source, this.#filename, 1 + this.#lineOffset, realm, timeout));
      if (result === null) throw timedOut(global, timeout);
      return result[0];
    }
  }

  /** @param {any} object */
  function contextFor(object) {
    requireObject(object, "object");
    const context = contexts.get(object);
    if (!context) throw invalidArgument("contextifiedObject", "an vm.Context", object);
    return context;
  }

  /** @param {any} [contextObject] @param {object} [options] */
  function createContext(contextObject = {}, options = {}) {
    if (contextObject === constants.DONT_CONTEXTIFY) {
      const context = createPlainContext(host, formatStack);
      contexts.set(context.global, context);
      return context.global;
    }
    requireObject(contextObject, "object");
    requireObject(options, "options");
    if (!contexts.has(contextObject)) contexts.set(contextObject, contextOf(host, formatStack, contextObject));
    return contextObject;
  }

  /** @param {unknown} code @param {any} [options] */
  function createScript(code, options) {
    return new Script(code, options);
  }

  /** A script that is wrong is so in the words of the realm that reads it. @param {unknown} options @param {any} global */
  const readIn = (options, global) => ({ ...(typeof options === "string" ? { filename: options } : /** @type {any} */ (options)), [REALM]: global });

  /** @param {unknown} code @param {any} contextifiedObject @param {any} [options] */
  function runInContext(code, contextifiedObject, options) {
    const { global } = contextFor(contextifiedObject);
    readOptions(options);
    return new Script(code, readIn(options, global)).runInContext(contextifiedObject, options);
  }

  /** @param {unknown} code @param {any} [contextObject] @param {any} [options] */
  function runInNewContext(code, contextObject, options) {
    return runInContext(code, createContext(contextObject), options);
  }

  /** @param {unknown} code @param {any} [options] */
  function runInThisContext(code, options) {
    return new Script(code, options).runInThisContext(options);
  }

  /** @param {any} object */
  function isContext(object) {
    requireObject(object, "object");
    return contexts.has(object);
  }

  /** @param {unknown} code @param {string[]} [params] @param {any} [options] */
  function compileFunction(code, params = [], options = {}) {
    if (typeof code !== "string") throw invalidArgument("code", "of type string", code);
    requireParameters(params);
    requireObject(options, "options");
    const { filename, lineOffset, contextExtensions = [], parsingContext } = readOptions(options, "");
    const context = parsingContext === undefined ? null : contextFor(parsingContext);
    const text = `(function (${params.join(", ")}) {\n${code}\n})`;
    // Its text must not end the function that is put around it.
    requireSyntax(code, filename, lineOffset, globalThis);
    requireSyntax(text, filename, lineOffset - 1, globalThis);
    remember(`\n${code}`, filename, lineOffset - 1);
    const names = contextExtensions.map((/** @type {object} */ _, /** @type {number} */ index) => `extension${index}`);
    const scopes = names.map((/** @type {string} */ name) => `with (${name}) `).join("");
    const whole = names.length > 0 ? `(function (${names.join(", ")}) { ${scopes}return ${text} })` : text;
    const evaluate = (/** @type {number} */ realm) => /** @type {any} */ (evaluateScript)(whole, filename, lineOffset, realm, 0)[0];
    const made = context ? context.run(evaluate, []) : evaluate(0);
    return names.length > 0 ? made(...contextExtensions) : made;
  }

  function measureMemory() {
    throw unsupported("vm.measureMemory");
  }

  return { Script, createContext, createScript, runInContext, runInNewContext, runInThisContext, isContext, compileFunction, measureMemory, constants };
}

/**
 * What a script declares is compared with the realm's declarations only when it runs.
 * @template T
 * @param {() => T} evaluate
 */
function inWordsOfV8(evaluate) {
  try {
    return evaluate();
  } catch (error) {
    const name = /^redeclaration of '(.*)'$/.exec(/** @type {any} */ (error)?.message)?.[1];
    if (name !== undefined) Object.defineProperty(error, "message", { value: `Identifier '${name}' has already been declared` });
    throw error;
  }
}

/** An option for the runtime alone: the global object whose classes an error of the syntax has. */
const REALM = Symbol("realm");

/** @param {string} source @param {string} name */
const magicComment = (source, name) => [...source.matchAll(new RegExp(`//[#@] ${name}=(\\S+)[ \\t]*$`, "gm"))].at(-1)?.[1];
