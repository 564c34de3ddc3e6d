// Chunk "packageTargets": where `exports` and `imports` of a package.json lead under some conditions, with Node's errors.

import { nodeError } from "../errors.js";
import { join } from "./paths.js";

const { isArray } = Array;

/**
 * @typedef {object} Request what is asked for, as errors tell it
 * @property {string} directory of the package
 * @property {string[]} conditions
 * @property {string} from " imported from /main.mjs", or ""
 */

export default { packageExport, packageImport };

/**
 * @param {any} exported the value of "exports"
 * @param {string} subpath "." or "./x"
 * @param {Request} request
 * @returns {string} a path
 */
function packageExport(exported, subpath, request) {
  const isMap = typeof exported === "object" && exported !== null && !isArray(exported) && Object.keys(exported).some((key) => key.startsWith("."));
  const table = isMap ? exported : { ".": exported };
  const found = lookUp(table, subpath, "exports", request);
  if (found !== null) return found;
  const { directory, from } = request;
  const file = join(directory, "package.json");
  const what = subpath === "." ? `No "exports" main defined in ${file}` : `Package subpath '${subpath}' is not defined by "exports" in ${file}`;
  throw nodeError(Error, "ERR_PACKAGE_PATH_NOT_EXPORTED", what + from);
}

/**
 * @param {any} imported the value of "imports"; undefined: there is none
 * @param {string} name "#x"
 * @param {Request} request
 * @param {(specifier: string) => string} resolve of a target that is a package
 * @returns {string | null} null: not defined
 */
function packageImport(imported, name, request, resolve) {
  return lookUp(imported ?? {}, name, "imports", request, resolve);
}

/**
 * @param {Record<string, any>} table
 * @param {string} key
 * @param {"exports" | "imports"} field
 * @param {Request} request
 * @param {(specifier: string) => string} [resolve]
 * @returns {string | null}
 */
function lookUp(table, key, field, request, resolve) {
  if (Object.hasOwn(table, key) && !key.includes("*")) return target(table[key], "", { key, field, request, resolve });
  const patterns = Object.keys(table).filter((pattern) => matches(pattern, key));
  if (patterns.length === 0) return null;
  const best = patterns.reduce((one, other) => (other.indexOf("*") > one.indexOf("*") ? other : one));
  const [before, after] = best.split("*");
  return target(table[best], key.slice(before.length, key.length - after.length), { key: best, field, request, resolve });
}

/** @param {string} pattern "./x/*.js" @param {string} key */
function matches(pattern, key) {
  const [before, after, more] = pattern.split("*");
  if (after === undefined || more !== undefined) return false;
  return key.length > before.length + after.length && key.startsWith(before) && key.endsWith(after);
}

/**
 * @param {any} value
 * @param {string} star what "*" stands for
 * @param {{ key: string, field: string, request: Request, resolve?: (specifier: string) => string }} place
 * @returns {string | null}
 */
function target(value, star, place) {
  if (typeof value === "string") return path(value, star, place);
  if (isArray(value)) {
    for (const one of value) {
      const found = target(one, star, place);
      if (found !== null) return found;
    }
    return null;
  }
  if (value === null || typeof value !== "object") return null;
  for (const condition of Object.keys(value)) {
    if (condition !== "default" && !place.request.conditions.includes(condition)) continue;
    const found = target(value[condition], star, place);
    if (found !== null) return found;
  }
  return null;
}

/** @param {string} value @param {string} star @param {Parameters<typeof target>[2]} place */
function path(value, star, { key, field, request, resolve }) {
  const { directory, from } = request;
  const filled = value.replaceAll("*", star);
  if (value.startsWith("./") && !/(^|\/)(\.\.|node_modules)(\/|$)/.test(value.slice(2))) return join(directory, filled);
  if (resolve && !/^(\.{0,2}\/|\.\.)/.test(value)) return resolve(filled);
  const must = value.startsWith("./") ? "" : '; targets must start with "./"';
  const message = `Invalid "${field}" target ${JSON.stringify(value)} defined for '${key}' in the package config ${join(directory, "package.json")}${from}${must}`;
  throw nodeError(Error, "ERR_INVALID_PACKAGE_TARGET", message);
}
