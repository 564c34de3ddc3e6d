// From a specifier to a file of the virtual file system as ES modules have it: exactly what is named. It builds on what
// CommonJS's resolver knows of directories and packages.

/** @import { Resolver } from "./resolve.js" */

import { nodeError, unsupported } from "../errors.js";
import { dirname, isRelative, join, nodeModules, relative, withoutQuery } from "./paths.js";
import { packageName } from "./resolve.js";

const CONDITIONS = ["node", "import", "module-sync", "node-addons"];

/** @param {Resolver} resolver */
export function createEsmResolver({ files, isDirectory, commonjs, asDirectory, ownPackage, manifest, targets }) {
  /** @param {string} specifier @param {string} from the importing module @returns {string} */
  function esm(specifier, from) {
    const scheme = /^([a-z][a-z\d+.-]*:)/i.exec(specifier)?.[1].toLowerCase();
    if (scheme === "file:") return exact(specifier.replace(/^file:(\/\/)?/i, ""), specifier, from);
    if (scheme === "data:") throw unsupported("imports of data: URLs");
    if (scheme !== undefined) {
      const message = `Only URLs with a scheme in: file and data are supported by the default ESM loader. Received protocol '${scheme}'`;
      throw nodeError(Error, "ERR_UNSUPPORTED_ESM_URL_SCHEME", message);
    }
    if (isRelative(specifier)) return exact(specifier, specifier, from);
    const told = ` imported from ${from}`;
    const own = ownPackage(specifier, from, CONDITIONS, told, (target) => esm(target, from));
    if (own !== null) return exact(own, specifier, from);
    return exact(bare(specifier, from, told), specifier, from);
  }

  /** @param {string} specifier @param {string} from @param {string} told */
  function bare(specifier, from, told) {
    const { name, subpath } = packageName(specifier);
    if (/^\.|\\|%/.test(name) || (name.startsWith("@") && !name.includes("/"))) {
      throw nodeError(TypeError, "ERR_INVALID_MODULE_SPECIFIER", `Invalid module "${specifier}" is not a valid package name${told}`);
    }
    for (const folder of nodeModules(dirname(from))) {
      const home = join(folder, name);
      if (!isDirectory(home)) continue;
      const exports = manifest(home)?.exports;
      if (exports !== undefined && exports !== null) return targets().packageExport(exports, subpath, { directory: home, conditions: CONDITIONS, from: told });
      if (subpath !== ".") return join(home, subpath);
      const found = asDirectory(home, specifier);
      if (found !== null) return found;
      throw nodeError(Error, "ERR_MODULE_NOT_FOUND", `Cannot find package '${home}/index.js'${told}`);
    }
    throw nodeError(Error, "ERR_MODULE_NOT_FOUND", `Cannot find package '${name}'${told}`);
  }

  /**
   * A URL's path must be a file. Its query stays: with another one the module is another instance.
   * @param {string} url relative to the importing module @param {string} specifier @param {string} from
   */
  function exact(url, specifier, from) {
    const [, encoded, query] = /** @type {RegExpExecArray} */ (/^([^?#]*)(.*)$/s.exec(url));
    const path = join(dirname(withoutQuery(from)), decodeURIComponent(encoded));
    if (files.has(path) && !encoded.endsWith("/")) return path + query;
    const [code, message] = isDirectory(path)
      ? ["ERR_UNSUPPORTED_DIR_IMPORT", `Directory import '${path}${encoded.endsWith("/") ? "/" : ""}' is not supported resolving ES modules imported from ${from}`]
      : ["ERR_MODULE_NOT_FOUND", `Cannot find module '${path}' imported from ${from}`];
    const error = nodeError(Error, code, message + suggestion(specifier, from));
    return raise(Object.assign(error, { url: `file://${encodeURI(path)}` }));
  }

  /** What CommonJS would have found. @param {string} specifier @param {string} from */
  function suggestion(specifier, from) {
    const found = quietly(() => commonjs(specifier, from));
    if (found === null) return "";
    const inPackage = /.*\/node_modules\/(.*)/.exec(found)?.[1];
    return `\nDid you mean to import ${JSON.stringify(isRelative(specifier) ? relative(dirname(from), found) : inPackage ?? found)}?`;
  }

  return esm;
}

/** @template T @param {() => T} find @returns {T | null} */
export function quietly(find) {
  try {
    return find();
  } catch {
    return null;
  }
}

/** @param {Error} error @returns {never} */
function raise(error) {
  throw error;
}
