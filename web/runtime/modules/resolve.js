// From a specifier to a file of the virtual file system as CommonJS has it: extensions, index, package.json. ES modules:
// resolve-esm.js. Built-in modules are recognised before (builtins.js).

/** @import targets from "./package-targets.js" */
/** @typedef {typeof targets} Targets */

import { nodeError } from "../errors.js";
import { createPackages } from "./packages.js";
import { dirname, isRelative, join, nodeModules } from "./paths.js";

const EXTENSIONS = [".js", ".json"];
const REQUIRE = ["node", "require", "module-sync", "node-addons"];

/**
 * @typedef {ReturnType<typeof createResolver>} Resolver
 * @param {Map<string, string>} files
 * @param {() => Targets} targets
 */
export function createResolver(files, targets) {
  const { manifest, scope } = createPackages(files);
  /** @param {string} path */
  const isDirectory = (path) => [...files.keys()].some((file) => file.startsWith(path === "/" ? path : `${path}/`));

  /** @param {string} path */
  function asFile(path) {
    return [path, ...EXTENSIONS.map((extension) => path + extension)].find((candidate) => files.has(candidate)) ?? null;
  }

  /** @param {string} path @param {string} specifier @returns {string | null} */
  function asDirectory(path, specifier) {
    if (!isDirectory(path)) return null;
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
      const found = targets().packageImport(own?.imports, specifier, request, resolve);
      if (found !== null) return found;
      const where = directory === null ? "" : ` in package ${join(directory, "package.json")}`;
      throw nodeError(TypeError, "ERR_PACKAGE_IMPORT_NOT_DEFINED", `Package import specifier "${specifier}" is not defined${where} imported from ${from}`);
    }
    const { name, subpath } = packageName(specifier);
    if (directory === null || own === null || own.name !== name || own.exports === undefined || own.exports === null) return null;
    return targets().packageExport(own.exports, subpath, { directory, conditions, from: told });
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
      const exports = isDirectory(home) ? manifest(home)?.exports : undefined;
      if (exports !== undefined && exports !== null) return exported(targets().packageExport(exports, subpath, { directory: home, conditions: REQUIRE, from: "" }));
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

  return { files, isDirectory, commonjs, asDirectory, ownPackage, scope, manifest, targets };
}

/** @param {Error} error @param {string} code */
const withCode = (error, code) => Object.assign(error, { code });

/** @param {string} target @param {string} path @param {string} requestPath */
function brokenMain(target, path, requestPath) {
  const error = new Error(`Cannot find module '${target}'. Please verify that the package.json has a valid "main" entry`);
  return Object.assign(error, { code: "MODULE_NOT_FOUND", path, requestPath });
}

/** @param {string} specifier "@scope/name/sub" */
export function packageName(specifier) {
  const parts = specifier.split("/");
  const name = parts.splice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  return { name, subpath: ["."].concat(parts).join("/") };
}
