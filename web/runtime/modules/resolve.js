// From a specifier to a file of the virtual file system, by Node's two algorithms: CommonJS (extensions, index,
// package.json) and ES modules (exact). Built-in modules are recognised before (builtins.js).

import { nodeError } from "../errors.js";
import { dirname, isRelative, join, nodeModules } from "./paths.js";

const EXTENSIONS = [".js", ".json", ".cjs", ".mjs"];

/**
 * @typedef {ReturnType<typeof createResolver>} Resolver
 * @param {Map<string, string>} files
 */
export function createResolver(files) {
  const directories = new Set();
  for (const path of files.keys()) for (let at = dirname(path); !directories.has(at); at = dirname(at)) directories.add(at);

  /** @param {string} path */
  function asFile(path) {
    return [path, ...EXTENSIONS.map((extension) => path + extension)].find((candidate) => files.has(candidate)) ?? null;
  }

  /** @param {string} directory @returns {Record<string, any> | null} */
  function manifest(directory) {
    const text = files.get(join(directory, "package.json"));
    return text === undefined ? null : JSON.parse(text);
  }

  /** @param {string} path @returns {string | null} */
  function asDirectory(path) {
    if (!directories.has(path)) return null;
    const main = manifest(path)?.main;
    if (typeof main === "string") {
      const target = join(path, main);
      const found = asFile(target) ?? asFile(join(target, "index"));
      if (found) return found;
    }
    return asFile(join(path, "index"));
  }

  /** @param {string} path @param {boolean} onlyDirectory */
  const asFileOrDirectory = (path, onlyDirectory) => (onlyDirectory ? null : asFile(path)) ?? asDirectory(path);

  /**
   * A package's own `exports`. Null: the package has none.
   * @param {string} directory @param {string} subpath "." or "./x" @param {string[]} conditions
   * @returns {string | null}
   */
  function packageExport(directory, subpath, conditions) {
    const exported = manifest(directory)?.exports;
    if (exported === undefined || exported === null) return null;
    const target = exportTarget(exported, subpath, conditions);
    if (target !== null) return join(directory, target);
    throw nodeError(
      Error,
      "ERR_PACKAGE_PATH_NOT_EXPORTED",
      subpath === "."
        ? `No "exports" main defined in ${join(directory, "package.json")}`
        : `Package subpath '${subpath}' is not defined by "exports" in ${join(directory, "package.json")}`,
    );
  }

  return {
    /**
     * @param {string} specifier
     * @param {string} directory of the requiring module
     * @returns {string | null}
     */
    commonjs(specifier, directory) {
      const onlyDirectory = /(^|\/)\.{0,2}$/.test(specifier);
      if (isRelative(specifier)) return asFileOrDirectory(join(directory, specifier), onlyDirectory);
      const { name, subpath } = packageName(specifier);
      for (const folder of nodeModules(directory)) {
        const exported = packageExport(join(folder, name), subpath, ["node", "require", "default"]);
        const found = exported ?? asFileOrDirectory(join(folder, specifier), onlyDirectory);
        if (found) return found;
      }
      return null;
    },

    /**
     * @param {string} specifier
     * @param {string} from the importing module
     * @returns {string}
     */
    esm(specifier, from) {
      const directory = dirname(from);
      if (specifier.startsWith("file://")) specifier = specifier.slice("file://".length);
      if (isRelative(specifier)) {
        const path = join(directory, specifier);
        if (files.has(path)) return path;
        if (!directories.has(path)) throw notFound("module", path, from);
        throw nodeError(
          Error,
          "ERR_UNSUPPORTED_DIR_IMPORT",
          `Directory import '${path}' is not supported resolving ES modules imported from ${from}`,
        );
      }
      const { name, subpath } = packageName(specifier);
      for (const folder of nodeModules(directory)) {
        const home = join(folder, name);
        if (!directories.has(home)) continue;
        const found =
          packageExport(home, subpath, ["node", "import", "default"]) ??
          (subpath === "." ? asDirectory(home) : join(home, subpath));
        if (found && files.has(found)) return found;
        throw notFound("module", found ?? home, from);
      }
      throw notFound("package", specifier, from);
    },
  };
}

/** @param {"module" | "package"} kind @param {string} path @param {string} from */
const notFound = (kind, path, from) =>
  nodeError(Error, "ERR_MODULE_NOT_FOUND", `Cannot find ${kind} '${path}' imported from ${from}`);

/** @param {string} specifier "@scope/name/sub" */
function packageName(specifier) {
  const parts = specifier.split("/");
  const name = parts.splice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  return { name, subpath: ["."].concat(parts).join("/") };
}

/**
 * @param {any} exported the value of "exports"
 * @param {string} subpath
 * @param {string[]} conditions
 * @returns {string | null}
 */
function exportTarget(exported, subpath, conditions) {
  const paths = typeof exported === "object" && !Array.isArray(exported) && Object.keys(exported).some((key) => key.startsWith("."));
  if (!paths) return subpath === "." ? conditionTarget(exported, conditions) : null;
  if (Object.hasOwn(exported, subpath)) return conditionTarget(exported[subpath], conditions);
  for (const pattern of Object.keys(exported)) {
    const [before, after] = pattern.split("*");
    if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) continue;
    const middle = subpath.slice(before.length, subpath.length - after.length);
    return conditionTarget(exported[pattern], conditions)?.replaceAll("*", middle) ?? null;
  }
  return null;
}

/** @param {any} target @param {string[]} conditions @returns {string | null} */
function conditionTarget(target, conditions) {
  if (typeof target === "string") return target;
  if (Array.isArray(target)) return target.map((one) => conditionTarget(one, conditions)).find((one) => one !== null) ?? null;
  if (target === null || typeof target !== "object") return null;
  for (const key of Object.keys(target)) {
    if (!conditions.includes(key)) continue;
    const found = conditionTarget(target[key], conditions);
    if (found !== null) return found;
  }
  return null;
}
