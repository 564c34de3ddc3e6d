// Chunk "fs": node:fs and fs/promises over the virtual files (fs-files.js), each operation in Node's three forms:
// at once, with a callback, as a promise. The two latter end in virtual time, after what the loop has at hand.

/** @import { Kit } from "../kit.js" */
/** @import { Status } from "./fs-files.js" */

import { invalidArgument, nodeError, unsupported } from "../errors.js";
import { createDescriptors } from "./fs-descriptors.js";
import { createFiles, fileError } from "./fs-files.js";

/** Virtual milliseconds that an operation takes: timers of 0 ms and immediates come before. */
const DURATION = 2;

const constants = { __proto__: null, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024, S_IFMT: 61440, S_IFREG: 32768, S_IFDIR: 16384 };

const LACKING = ("watch watchFile unwatchFile symlink symlinkSync link linkSync readlink readlinkSync chown chownSync opendir opendirSync glob globSync statfs statfsSync openAsBlob").split(" ");

class Stats {
  /** @param {Status} status */
  constructor({ isFile, size, modified, inode }) {
    this.dev = 1;
    this.mode = isFile ? 0o100644 : 0o040755;
    this.nlink = 1;
    this.uid = this.gid = 1000;
    this.rdev = 0;
    this.blksize = 4096;
    this.ino = inode;
    this.size = size;
    this.blocks = Math.ceil(size / 512);
    this.atimeMs = this.mtimeMs = this.ctimeMs = this.birthtimeMs = modified;
    for (const name of ["atime", "mtime", "ctime", "birthtime"]) {
      Object.defineProperty(this, name, { value: new Date(modified), writable: true, configurable: true, enumerable: false });
    }
  }
  isFile() {
    return (this.mode & 0o170000) === 0o100000;
  }
  isDirectory() {
    return !this.isFile();
  }
  isSymbolicLink() {
    return false;
  }
  isFIFO() {
    return false;
  }
  isSocket() {
    return false;
  }
  isBlockDevice() {
    return false;
  }
  isCharacterDevice() {
    return false;
  }
}

const direntType = Symbol("type");
class Dirent {
  /** @type {number} */
  [direntType];
  /** @param {string} name @param {string} parentPath @param {number} type */
  constructor(name, parentPath, type) {
    this.name = name;
    this.parentPath = parentPath;
    this[direntType] = type;
  }
  isFile() {
    return this[direntType] === 1;
  }
  isDirectory() {
    return this[direntType] === 2;
  }
  isSymbolicLink() {
    return false;
  }
}

/** @param {Kit} kit */
export default function fs(kit) {
  const { Buffer } = kit.builtin("buffer");
  const files = createFiles(kit);
  const descriptors = createDescriptors(kit, files);

  /** @param {any} path @param {string} [name] @returns {string} */
  function pathOf(path, name = "path") {
    if (typeof path === "string") {
      if (!path.includes("\0")) return path;
      throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The argument '${name}' must be a string, Uint8Array, or URL without null bytes. Received ${kit.printer.inspect(path)}`);
    }
    if (Buffer.isBuffer(path)) return path.toString();
    if (typeof path === "object" && path !== null && path.href && path.protocol) return kit.builtin("url").fileURLToPath(path);
    throw invalidArgument(name, "of type string or an instance of Buffer or URL", path);
  }

  /** @param {any} options @param {string | null} [fallback] @returns {string | null} */
  function encodingOf(options, fallback = null) {
    const encoding = typeof options === "string" ? options : options?.encoding ?? fallback;
    if (encoding === null || encoding === "buffer" || Buffer.isEncoding(encoding)) return encoding;
    throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The argument 'encoding' is invalid encoding. Received ${kit.printer.inspect(encoding)}`);
  }

  /** @param {any} data @param {any} options @returns {Uint8Array} */
  function bytesOf(data, options) {
    if (typeof data === "string") return Buffer.from(data, encodingOf(options, "utf8"));
    if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    throw invalidArgument("data", "of type string or an instance of Buffer, TypedArray, or DataView", data);
  }

  /** @param {Uint8Array} bytes @param {string | null} encoding */
  const decoded = (bytes, encoding) => (encoding === null || encoding === "buffer" ? bytes : Buffer.from(bytes).toString(encoding));

  /** @param {string} directory @param {string} shown @param {boolean} recursive @returns {Generator<Dirent>} */
  function* entries(directory, shown, recursive) {
    for (const name of files.names(directory)) {
      const path = directory === "/" ? `/${name}` : `${directory}/${name}`;
      const isDirectory = files.isDirectory(path);
      yield new Dirent(name, shown, isDirectory ? 2 : 1);
      if (isDirectory && recursive) yield* entries(path, `${shown.replace(/\/$/, "")}/${name}`, true);
    }
  }

  /** Every operation, with the arguments of its synchronous form. @type {Record<string, (...args: any[]) => unknown>} */
  const operations = {
    access(path) {
      if (!files.exists(files.absolute(pathOf(path)))) throw fileError("ENOENT", "access", pathOf(path));
    },
    appendFile: (path, data, options) => operations.writeFile(path, data, { ...(typeof options === "string" ? { encoding: options } : options), flag: options?.flag ?? "a" }),
    chmod: (path) => void files.status(pathOf(path), "chmod"),
    copyFile: (from, to, mode = 0) => files.copy(pathOf(from, "src"), pathOf(to, "dest"), (mode & constants.COPYFILE_EXCL) !== 0),
    cp(from, to, options) {
      const source = files.absolute(pathOf(from, "src"));
      if (files.isFile(source)) return files.copy(pathOf(from), pathOf(to), options?.errorOnExist === true && options?.force === false);
      files.status(pathOf(from), "cp");
      files.mkdir(pathOf(to), true);
      for (const name of files.names(source)) operations.cp(`${source}/${name}`, `${pathOf(to)}/${name}`, options);
      return undefined;
    },
    lstat: (path, options) => operations.stat(path, options, "lstat"),
    mkdir: (path, options) => files.mkdir(pathOf(path), options?.recursive === true),
    mkdtemp(prefix) {
      for (let n = 0; ; n++) {
        const path = `${prefix}${n.toString(36).padStart(6, "0")}`;
        if (files.exists(files.absolute(path))) continue;
        files.mkdir(path, false);
        return path;
      }
    },
    readdir(path, options) {
      const shown = pathOf(path);
      const directory = files.absolute(shown);
      if (files.isFile(directory)) throw fileError("ENOTDIR", "scandir", shown);
      if (!files.isDirectory(directory)) throw fileError("ENOENT", "scandir", shown);
      const found = [...entries(directory, shown, options?.recursive === true)];
      if (options?.withFileTypes) return found;
      return found.map(({ name, parentPath }) => (parentPath === shown ? name : `${parentPath.slice(shown.replace(/\/$/, "").length + 1)}/${name}`));
    },
    readFile(path, options) {
      const encoding = encodingOf(options);
      if (typeof path === "number" && Number.isInteger(path)) return decoded(descriptors.readAll(path), encoding);
      const flag = options?.flag ?? "r";
      const shown = pathOf(path);
      if (flag !== "r" && !files.exists(files.absolute(shown))) files.write(shown, Buffer.alloc(0), flag);
      return decoded(files.read(shown), encoding);
    },
    realpath(path) {
      files.status(pathOf(path), "lstat");
      return files.absolute(pathOf(path));
    },
    rename: (from, to) => files.rename(pathOf(from, "oldPath"), pathOf(to, "newPath")),
    rm(path, options) {
      const shown = pathOf(path);
      const target = files.absolute(shown);
      if (!files.exists(target)) {
        if (options?.force) return;
        throw fileError("ENOENT", "lstat", shown);
      }
      if (files.isDirectory(target) && !options?.recursive) throw removedDirectory(shown);
      files.remove(shown);
    },
    rmdir: (path) => files.rmdir(pathOf(path)),
    stat(path, options, syscall = "stat") {
      if (options?.throwIfNoEntry === false && !files.exists(files.absolute(pathOf(path)))) return undefined;
      return new Stats(files.status(pathOf(path), syscall));
    },
    truncate(path, length = 0) {
      const bytes = files.read(pathOf(path));
      files.write(pathOf(path), Buffer.concat([bytes, Buffer.alloc(Math.max(0, length - bytes.length))]).subarray(0, length), "w");
    },
    unlink: (path) => files.unlink(pathOf(path)),
    utimes: (path) => void files.status(pathOf(path), "utime"),
    writeFile(path, data, options) {
      const bytes = bytesOf(data, options);
      if (typeof path === "number") return void descriptors.write(path, bytes);
      return files.write(pathOf(path), bytes, options?.flag ?? "w");
    },
    ...descriptors.operations,
  };

  /** Ends later: an error of then has no frames. @param {() => unknown} operation @param {(error: any, value?: unknown) => void} done */
  function later(operation, done) {
    let error = null;
    /** @type {unknown} */
    let value;
    try {
      value = operation();
    } catch (thrown) {
      error = /** @type {any} */ (thrown);
      if (error.errno === undefined) throw error; // a wrong argument is told at once
      Object.defineProperty(error, "stack", { value: `${error}`, writable: true, configurable: true });
    }
    kit.loop.globals.setTimeout(() => (error ? done(error) : done(null, value)), DURATION);
  }

  /** @type {Record<string, any>} */
  const exports = {};
  /** @type {Record<string, any>} */
  const promises = {};
  for (const [name, operation] of Object.entries(operations)) {
    const three = {
      /** @param {unknown[]} args */
      [name](...args) {
        const callback = args.pop();
        if (typeof callback !== "function") throw invalidArgument("cb", "of type function", args.length > 0 ? callback : undefined);
        later(() => operation(...args), (error, value) => (error ? callback(error) : value === undefined ? callback(null) : callback(null, ...descriptors.results(name, value, args))));
      },
      /** @param {unknown[]} args */
      [`${name}Sync`]: (...args) => operation(...args),
    };
    Object.assign(exports, three);
    if (name in descriptors.operations) continue;
    Object.assign(promises, {
      /** @param {unknown[]} args */
      async [name](...args) {
        return new Promise((resolve, reject) => later(() => operation(...args), (error, value) => (error ? reject(error) : resolve(value))));
      },
    });
  }
  promises.open = descriptors.openHandle(promises, later);
  promises.constants = constants;
  exports.existsSync = (/** @type {any} */ path) => {
    try {
      return files.exists(files.absolute(pathOf(path)));
    } catch {
      return false;
    }
  };
  exports.exists = (/** @type {any} */ path, /** @type {(found: boolean) => void} */ callback) => later(() => exports.existsSync(path), (_, found) => callback(Boolean(found)));
  exports.exists[Symbol.for("nodejs.util.promisify.custom")] = async (/** @type {any} */ path) => exports.existsSync(path);
  for (const name of LACKING) exports[name] = () => {
    throw unsupported(`fs.${name}`);
  };
  exports.createReadStream = createReadStream;
  exports.createWriteStream = createWriteStream;
  return Object.assign(exports, { Stats, Dirent, constants, promises });

  /** @param {any} path @param {any} [options] */
  function createReadStream(path, options) {
    const { Readable } = kit.builtin("stream");
    const { start = 0, end = Infinity, highWaterMark = 65536 } = typeof options === "object" && options !== null ? options : {};
    const shown = pathOf(path);
    /** @type {Uint8Array} */
    let rest = Buffer.alloc(0);
    const stream = new Readable({
      highWaterMark,
      encoding: encodingOf(options) ?? undefined,
      construct(/** @type {(error?: unknown) => void} */ done) {
        later(() => files.read(shown), (error, bytes) => {
          if (error) return done(error);
          rest = /** @type {Uint8Array} */ (bytes).subarray(start, end + 1);
          done();
          stream.emit("open", 3);
          stream.emit("ready");
        });
      },
      read(/** @type {number} */ size) {
        const part = rest.subarray(0, size);
        rest = rest.subarray(size);
        stream.bytesRead += part.length;
        kit.loop.globals.setTimeout(() => stream.push(part.length > 0 ? part : null), 1);
      },
    });
    return Object.assign(stream, { path: shown, bytesRead: 0, fd: null });
  }

  /** @param {any} path @param {any} [options] */
  function createWriteStream(path, options) {
    const { Writable } = kit.builtin("stream");
    const shown = pathOf(path);
    const flag = options?.flags ?? "w";
    const stream = new Writable({
      defaultEncoding: encodingOf(options) ?? "utf8",
      construct(/** @type {(error?: unknown) => void} */ done) {
        later(() => files.write(shown, Buffer.alloc(0), flag), (error) => {
          done(error);
          if (error) return;
          stream.emit("open", 3);
          stream.emit("ready");
        });
      },
      write(/** @type {Uint8Array} */ bytes, /** @type {string} */ _encoding, /** @type {(error?: unknown) => void} */ done) {
        stream.bytesWritten += bytes.length;
        later(() => files.write(shown, bytes, "a"), done);
      },
    });
    return Object.assign(stream, { path: shown, bytesWritten: 0, fd: null });
  }
}

/** @param {string} path */
function removedDirectory(path) {
  const error = nodeError(Error, "ERR_FS_EISDIR", `Path is a directory: rm returned EISDIR (is a directory) ${path}`);
  Object.defineProperty(error, "name", { value: "SystemError", writable: true, configurable: true });
  Object.defineProperty(error, "stack", { value: String(error.stack).replace("Error", "SystemError"), writable: true, configurable: true });
  return Object.assign(error, { info: { code: "EISDIR", message: "is a directory", path, syscall: "rm", errno: 21 }, errno: 21, syscall: "rm", path });
}
