// The virtual file system as a program may read and write it: the files it was given, and what it writes into memory.
// Says what an operation does and which of Node's errors it ends with; fs.js has Node's three forms of each operation.

/** @import { Kit } from "../kit.js" */

import { dirname, join } from "../modules/paths.js";

const ERRORS = /** @type {const} */ ({
  ENOENT: [-2, "no such file or directory"],
  EBADF: [-9, "bad file descriptor"],
  EEXIST: [-17, "file already exists"],
  ENOTDIR: [-20, "not a directory"],
  EISDIR: [-21, "illegal operation on a directory"],
  EINVAL: [-22, "invalid argument"],
  ENOTEMPTY: [-39, "directory not empty"],
});

/**
 * @param {keyof typeof ERRORS} code
 * @param {string} syscall
 * @param {string} [path]
 * @param {string} [dest]
 */
export function fileError(code, syscall, path, dest) {
  const [errno, words] = ERRORS[code];
  const paths = path === undefined ? "" : ` '${path}'${dest === undefined ? "" : ` -> '${dest}'`}`;
  const error = Object.assign(new Error(`${code}: ${words}, ${syscall}${paths}`), { errno, code, syscall });
  if (path !== undefined) Object.assign(error, { path });
  return dest === undefined ? error : Object.assign(error, { dest });
}

/**
 * @typedef {ReturnType<typeof createFiles>} Files
 * @typedef {{ isFile: boolean, size: number, modified: number, inode: number }} Status
 * @param {Kit} kit
 */
export function createFiles(kit) {
  const { Buffer } = kit.builtin("buffer");
  /** Text of all files, where `require` finds them too. */
  const texts = kit.files;
  /** Bytes of those that the program wrote. @type {Map<string, Uint8Array>} */
  const written = new Map();
  /** Directories that stand on their own. */
  const made = new Set(["/", "/tmp"]);
  /** @type {Map<string, number>} */
  const modified = new Map();
  const inodes = new Map();

  const isFile = (/** @type {string} */ path) => texts.has(path);
  /** @param {string} path */
  function isDirectory(path) {
    if (made.has(path)) return true;
    for (const file of texts.keys()) if (file.startsWith(`${path}/`)) return true;
    return false;
  }
  /** @param {string} path */
  const exists = (path) => isFile(path) || isDirectory(path);
  /** @param {string} path */
  const touch = (path) => void modified.set(path, Date.now());

  /** The directory that `path` stands in must be there. @param {string} path @param {string} syscall @param {string} shown */
  function requireParent(path, syscall, shown) {
    const parent = dirname(path);
    if (isFile(parent)) throw fileError("ENOTDIR", syscall, shown);
    if (!isDirectory(parent)) throw fileError("ENOENT", syscall, shown);
  }

  /** The names in a directory, in order. @param {string} path */
  function names(path) {
    const prefix = path === "/" ? "/" : `${path}/`;
    const found = new Set();
    for (const other of [...texts.keys(), ...made]) {
      if (other.startsWith(prefix) && other !== prefix) found.add(other.slice(prefix.length).split("/")[0]);
    }
    return [...found].sort();
  }

  const files = {
    absolute: (/** @type {string} */ path) => join(kit.process.cwd(), path),
    isFile,
    isDirectory,
    exists,
    names,

    /** @param {string} shown the path as the program gave it @returns {Uint8Array} */
    read(shown, syscall = "open") {
      const path = files.absolute(shown);
      if (isDirectory(path)) throw fileError("EISDIR", "read");
      const text = texts.get(path);
      if (text === undefined || shown.endsWith("/")) throw fileError(text === undefined && !isFile(dirname(path)) ? "ENOENT" : "ENOTDIR", syscall, shown);
      return Buffer.from(written.get(path) ?? text);
    },

    /** @param {string} shown @param {Uint8Array} bytes @param {string} flag "w", "a", "wx" … */
    write(shown, bytes, flag) {
      const path = files.absolute(shown);
      if (isDirectory(path)) throw fileError("EISDIR", "open", shown);
      requireParent(path, "open", shown);
      if (flag.includes("x") && isFile(path)) throw fileError("EEXIST", "open", shown);
      if (flag.startsWith("r") && !isFile(path)) throw fileError("ENOENT", "open", shown);
      const all = flag.startsWith("a") && isFile(path) ? Buffer.concat([files.read(shown), bytes]) : Buffer.from(bytes);
      made.add(dirname(path));
      written.set(path, all);
      texts.set(path, all.toString());
      touch(path);
    },

    /** @param {string} shown */
    unlink(shown, syscall = "unlink") {
      const path = files.absolute(shown);
      if (isDirectory(path)) throw fileError("EISDIR", syscall, shown);
      if (!isFile(path)) throw fileError("ENOENT", syscall, shown);
      made.add(dirname(path));
      texts.delete(path);
      written.delete(path);
    },

    /** @param {string} shown @param {boolean} recursive @returns {string | undefined} the first directory that was made */
    mkdir(shown, recursive) {
      const path = files.absolute(shown);
      if (!recursive) {
        if (exists(path)) throw fileError("EEXIST", "mkdir", shown);
        requireParent(path, "mkdir", shown);
        made.add(path);
        touch(path);
        return undefined;
      }
      if (isFile(path)) throw fileError("EEXIST", "mkdir", shown);
      let first;
      for (let at = path; !isDirectory(at); at = dirname(at)) {
        if (isFile(at)) throw fileError("ENOTDIR", "mkdir", shown);
        first = at;
      }
      for (let at = path; at !== "/"; at = dirname(at)) {
        made.add(at);
        if (at === first) break;
      }
      return first;
    },

    /** @param {string} shown */
    rmdir(shown) {
      const path = files.absolute(shown);
      if (isFile(path)) throw fileError("ENOTDIR", "rmdir", shown);
      if (!isDirectory(path)) throw fileError("ENOENT", "rmdir", shown);
      if (names(path).length > 0) throw fileError("ENOTEMPTY", "rmdir", shown);
      made.delete(path);
      made.add(dirname(path));
    },

    /** A file, or a directory with all that is in it. @param {string} shown */
    remove(shown) {
      const path = files.absolute(shown);
      made.add(dirname(path));
      for (const other of [...texts.keys(), ...made]) {
        if (other !== path && !other.startsWith(`${path}/`)) continue;
        texts.delete(other);
        written.delete(other);
        made.delete(other);
      }
    },

    /** @param {string} from @param {string} to */
    rename(from, to) {
      const [source, target] = [files.absolute(from), files.absolute(to)];
      if (!exists(source) || !isDirectory(dirname(target))) throw fileError("ENOENT", "rename", from, to);
      if (isFile(source) && isDirectory(target)) throw fileError("EISDIR", "rename", from, to);
      for (const path of [...texts.keys()]) {
        if (path !== source && !path.startsWith(`${source}/`)) continue;
        const moved = target + path.slice(source.length);
        const bytes = written.get(path);
        texts.set(moved, /** @type {string} */ (texts.get(path)));
        if (bytes) written.set(moved, bytes);
      }
      if (isDirectory(source)) made.add(target);
      files.remove(from);
    },

    /** @param {string} from @param {string} to @param {boolean} exclusive */
    copy(from, to, exclusive) {
      const [source, target] = [files.absolute(from), files.absolute(to)];
      if (!isFile(source) || !isDirectory(dirname(target))) throw fileError("ENOENT", "copyfile", from, to);
      if (exclusive && isFile(target)) throw fileError("EEXIST", "copyfile", from, to);
      files.write(to, files.read(from), "w");
    },

    /** @param {string} shown @param {string} syscall @returns {Status} */
    status(shown, syscall) {
      const path = files.absolute(shown);
      if (!exists(path)) throw fileError(isFile(dirname(path)) ? "ENOTDIR" : "ENOENT", syscall, shown);
      if (!inodes.has(path)) inodes.set(path, inodes.size + 2);
      const size = isFile(path) ? files.read(shown).length : 4096;
      return { isFile: isFile(path), size, modified: modified.get(path) ?? Date.now() - kit.loop.now(), inode: inodes.get(path) };
    },
  };
  return files;
}
