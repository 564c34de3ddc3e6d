// Linking of ES modules before the engine does it: every file of a module's graph must be there, parse, and have the
// names that others import. So what fails, fails with Node's words and at the author's line.

/** @import { ModuleImport, Prepared, SyntaxProblem } from "../../protocol.d.ts" */

import { placedSyntaxError } from "./placed-error.js";

/**
 * @typedef {object} Graph what the linker asks about modules
 * @property {(path: string) => Prepared | null} native the module's text; null for built-ins, CommonJS and JSON
 * @property {(path: string) => string[]} names what one of those exports
 * @property {(path: string) => boolean} isCommonJs
 * @property {(specifier: string, from: string, attributes?: Record<string, string>) => string} resolve
 */

const AMBIGUOUS = Symbol("ambiguous");

/** @typedef {ReturnType<typeof createLinker>} Linker @param {Graph} graph */
export function createLinker({ native, names, isCommonJs, resolve }) {
  /** @type {Set<string>} */
  const linked = new Set();

  /** The module and all that it imports, in the order in which they are evaluated. @param {string} root */
  function reach(root) {
    /** @type {Set<string>} */
    const found = new Set();
    /** @type {string[]} */
    const order = [];
    /** @param {string} path */
    const visit = (path) => {
      if (found.has(path)) return;
      found.add(path);
      for (const { specifier, attributes } of native(path)?.module?.imports ?? []) visit(resolve(specifier, path, attributes));
      order.push(path);
    };
    visit(root);
    return order;
  }

  /** Nearest first, as files arrive: everything resolves and parses. @param {string} root */
  function load(root) {
    const queue = [root];
    const seen = new Set(queue);
    for (const path of queue) {
      const file = native(path);
      if (file?.error) throw placedSyntaxError(file.error.message, path, file.error);
      for (const { specifier, attributes } of file?.module?.imports ?? []) {
        const target = resolve(specifier, path, attributes);
        if (!seen.has(target)) queue.push(target);
        seen.add(target);
      }
    }
  }

  /**
   * Where a name comes from, e.g. "/a.mjs x".
   * @param {string} path @param {string} name @param {Set<string>} [seen]
   * @returns {string | typeof AMBIGUOUS | null}
   */
  function origin(path, name, seen = new Set()) {
    const key = `${path} ${name}`;
    if (seen.has(key)) return null;
    seen.add(key);
    const syntax = native(path)?.module;
    if (!syntax) return names(path).includes(name) ? key : null;
    if (syntax.exports.includes(name)) return key;
    const again = syntax.reexports.find((reexport) => reexport.name === name);
    if (again) return origin(resolve(again.specifier, path), again.imported, seen);
    if (name === "default") return null;
    /** @type {ReturnType<typeof origin>} */
    let found = null;
    for (const specifier of syntax.stars) {
      const one = origin(resolve(specifier, path), name, seen);
      if (one === null) continue;
      if (one === AMBIGUOUS || (found !== null && found !== one)) return AMBIGUOUS;
      found = one;
    }
    return found;
  }

  /** @param {string} path @param {ModuleImport} from */
  function checkImport(path, { specifier, attributes, names, braces }) {
    const target = resolve(specifier, path, attributes);
    for (const place of names) {
      const found = origin(target, place.name);
      if (found === AMBIGUOUS) {
        throw placedSyntaxError(`The requested module '${specifier}' contains conflicting star exports for name '${place.name}'`, path, place);
      }
      if (found !== null) continue;
      const isNamed = isCommonJs(target) && place.name !== "default";
      throw placedSyntaxError(isNamed ? namedCommonJs(specifier, place.name, braces) : missing(specifier, place.name), path, place);
    }
  }

  return {
    reach,
    /** @param {string} root */
    link(root) {
      if (linked.has(root)) return;
      load(root);
      const order = reach(root);
      for (const path of order) {
        if (!linked.has(path)) for (const one of native(path)?.module?.imports ?? []) checkImport(path, one);
      }
      for (const path of order) linked.add(path);
    },
  };
}

/** @param {string} specifier @param {string} name */
const missing = (specifier, name) => `The requested module '${specifier}' does not provide an export named '${name}'`;

/** @param {string} specifier @param {string} name @param {string | null} braces */
function namedCommonJs(specifier, name, braces) {
  // Node reads the names off the statement's line.
  const destructured = braces !== null && !braces.includes("\n") ? `const ${braces.replaceAll(" as ", ": ")} = pkg;\n` : "";
  return (
    `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support all ` +
    "module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example using:\n\n" +
    `import pkg from '${specifier}';\n${destructured}`
  );
}
