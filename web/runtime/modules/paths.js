// Absolute paths in the virtual file system, whose root is "/". Nothing is looked up here.

/** @param {string} path */
export const dirname = (path) => path.slice(0, path.lastIndexOf("/")) || "/";

/** @param {string} path "/a/b.js" gives ".js" */
export const extension = (path) => /[^/](\.[^./]*)$/.exec(path)?.[1] ?? "";

/**
 * @param {string} from a directory
 * @param {string} path relative to it, or absolute
 */
export function join(from, path) {
  /** @type {string[]} */
  const parts = [];
  for (const part of (path.startsWith("/") ? path : `${from}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** Every node_modules that a module in `directory` may use, nearest first. @param {string} directory */
export function nodeModules(directory) {
  const found = [];
  for (let at = directory; ; at = dirname(at)) {
    if (!at.endsWith("/node_modules")) found.push(join(at, "node_modules"));
    if (at === "/") return found;
  }
}

/** @param {string} specifier */
export const isRelative = (specifier) => /^\.{0,2}\/|^\.{1,2}$/.test(specifier);

/** @param {string} from a directory @param {string} path @returns {string} "./x.js" or "../x.js" */
export function relative(from, path) {
  let up = "";
  for (let at = from; ; at = dirname(at)) {
    const inside = at === "/" ? "/" : `${at}/`;
    if (path.startsWith(inside)) return (up || "./") + path.slice(inside.length);
    up += "../";
  }
}

/** @param {string} path of a module: "/x.js?v=2" gives "/x.js" */
export const withoutQuery = (path) => path.replace(/[?#].*$/s, "");
