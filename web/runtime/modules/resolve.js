// From a specifier to a file of the virtual file system, by Node's two algorithms: CommonJS (extensions, index,
// package.json) and ES modules (exact). Built-in modules are recognised before (builtins.js).

import { nodeError, unsupported } from "../errors.js";
import { createPackages, packageExport, packageImport } from "./packages.js";
import { dirname, isRelative, join, nodeModules, relative, withoutQuery } from "./paths.js";

const EXTENSIONS = [".js", ".json"];
const REQUIRE = ["node", "require", "module-sync", "node-addons"];
const IMPORT = ["node", "import", "module-sync", "node-addons"];

/**
 * @typedef {ReturnType<typeof createResolver>} Resolver
 * @param {Map<string, string>} files
 */
export function createResolver(files) {
  const { manifest, scope } = createPackages(files);
  const directories = new Set();
  for (const path of files.keys()) for (let at = dirname(path); !directories.has(at); at = dirname(at)) directories.add(at);

  /** @param {string} path */
  function asFile(path) {
    return [path, ...EXTENSIONS.map((extension) => path + extension)].find((candidate) => files.has(candidate)) ?? null;
  }

  /** @param {string} path @param {string} specifier @returns {string | null} */
  function asDirectory(path, specifier) {
    if (!directories.has(path)) return null;
    const main = manifest(path)?.main;
    const index = () => asFile(join(path, "index"));
    if (typeof main !== "string" || main === "") return index();
    const target = join(path, main);
    const found = asFile(target) ?? asFile(join(target, "index")) ?? index();
    if (found === null) throw brokenMain(target, join(path, "package.json"), specifier);
    return found;
  }

  /** @param {string} path @param {string} specifier */
  function asFileOrDirectory(path, specifier) {
    const onlyDirectory = /(^|\/)\.{0,2}$/.test(specifier);
    return (onlyDirectory ? null : asFile(path)) ?? asDirectory(path, specifier);
  }

  /**
   * What the importing file's own package gives under its name or a "#name".
   * @param {string} specifier @param {string} from @param {string[]} conditions @param {string} told
   * @param {(specifier: string) => string} resolve
   * @returns {string | null}
   */
  function ownPackage(specifier, from, conditions, told, resolve) {
    const directory = scope(from);
    const own = directory === null ? null : manifest(directory);
    if (specifier.startsWith("#")) {
      if (specifier === "#") {
        throw nodeError(TypeError, "ERR_INVALID_MODULE_SPECIFIER", `Invalid module "#" is not a valid internal imports specifier name imported from ${from}`);
      }
      const request = { directory: directory ?? "/", conditions, from: told };
      const found = packageImport(own?.imports, specifier, request, resolve);
      if (found !== null) return found;
      const where = directory === null ? "" : ` in package ${join(directory, "package.json")}`;
      throw nodeError(TypeError, "ERR_PACKAGE_IMPORT_NOT_DEFINED", `Package import specifier "${specifier}" is not defined${where} imported from ${from}`);
    }
    const { name, subpath } = packageName(specifier);
    if (directory === null || own === null || own.name !== name || own.exports === undefined || own.exports === null) return null;
    return packageExport(own.exports, subpath, { directory, conditions, from: told });
  }

  /** @param {string} specifier @param {string} from the requiring file @returns {string | null} */
  function commonjs(specifier, from) {
    const directory = dirname(from);
    if (isRelative(specifier)) return asFileOrDirectory(join(directory, specifier), specifier);
    const own = ownPackage(specifier, from, REQUIRE, "", (target) => commonjs(target, from) ?? target);
    if (own !== null) return exported(own);
    const { name, subpath } = packageName(specifier);
    for (const folder of nodeModules(directory)) {
      const home = join(folder, name);
      const exports = directories.has(home) ? manifest(home)?.exports : undefined;
      if (exports !== undefined && exports !== null) return exported(packageExport(exports, subpath, { directory: home, conditions: REQUIRE, from: "" }));
      const found = asFileOrDirectory(join(folder, specifier), specifier);
      if (found) return found;
    }
    return null;
  }

  /** @param {string} path that a package.json leads to, exactly */
  function exported(path) {
    if (files.has(path)) return path;
    throw withCode(new Error(`Cannot find module '${path}'`), "MODULE_NOT_FOUND");
  }

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
    const own = ownPackage(specifier, from, IMPORT, told, (target) => esm(target, from));
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
      if (!directories.has(home)) continue;
      const exports = manifest(home)?.exports;
      if (exports !== undefined && exports !== null) return packageExport(exports, subpath, { directory: home, conditions: IMPORT, from: told });
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
    const [code, message] = directories.has(path)
      ? ["ERR_UNSUPPORTED_DIR_IMPORT", `Directory import '${path}${encoded.endsWith("/") ? "/" : ""}' is not supported resolving ES modules imported from ${from}`]
      : ["ERR_MODULE_NOT_FOUND", `Cannot find module '${path}' imported from ${from}`];
    const error = nodeError(Error, code, message + suggestion(specifier, from));
    return raise(Object.assign(error, { url: `file://${encodeURI(path)}` }));
  }

  /** What CommonJS would have found. @param {string} specifier @param {string} from */
  function suggestion(specifier, from) {
    const found = findQuietly(() => commonjs(specifier, from));
    if (found === null) return "";
    const inPackage = /.*\/node_modules\/(.*)/.exec(found)?.[1];
    return `\nDid you mean to import ${JSON.stringify(isRelative(specifier) ? relative(dirname(from), found) : inPackage ?? found)}?`;
  }

  return { commonjs, esm, scope, manifest };
}

/** @param {() => string | null} find */
function findQuietly(find) {
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

/** @param {Error} error @param {string} code */
const withCode = (error, code) => Object.assign(error, { code });

/** @param {string} target @param {string} path @param {string} requestPath */
function brokenMain(target, path, requestPath) {
  const error = new Error(`Cannot find module '${target}'. Please verify that the package.json has a valid "main" entry`);
  return Object.assign(error, { code: "MODULE_NOT_FOUND", path, requestPath });
}

/** @param {string} specifier "@scope/name/sub" */
function packageName(specifier) {
  const parts = specifier.split("/");
  const name = parts.splice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  return { name, subpath: ["."].concat(parts).join("/") };
}
