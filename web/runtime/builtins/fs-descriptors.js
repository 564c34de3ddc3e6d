// File descriptors of node:fs, and the FileHandle of fs/promises. 0, 1 and 2 are the process's streams.

/** @import { Kit } from "../kit.js" */
/** @import { Files } from "./fs-files.js" */

import { fileError } from "./fs-files.js";

/** @typedef {{ path: string, flag: string, at: number }} Open */

/** @param {Kit} kit @param {Files} files */
export function createDescriptors(kit, files) {
  const { Buffer } = kit.builtin("buffer");
  /** @type {Map<number, Open>} */
  const open = new Map();

  /** @param {number} fd @param {string} syscall */
  function at(fd, syscall) {
    const found = open.get(fd);
    if (!found) throw fileError("EBADF", syscall);
    return found;
  }

  /** @param {number} fd @returns {Uint8Array} */
  function readAll(fd) {
    if (fd === 0) return Buffer.alloc(0);
    const { path, at: from } = at(fd, "read");
    return files.read(path).subarray(from);
  }

  /** @param {number} fd @param {Uint8Array} bytes @param {number | null} [position] */
  function write(fd, bytes, position = null) {
    if (fd === 1 || fd === 2) kit.process[fd === 1 ? "stdout" : "stderr"].write(bytes);
    else {
      const file = at(fd, "write");
      const before = files.read(file.path);
      const from = file.flag.startsWith("a") ? before.length : position ?? file.at;
      const all = Buffer.alloc(Math.max(before.length, from + bytes.length));
      all.set(before);
      all.set(bytes, from);
      files.write(file.path, all, "w");
      if (position === null) file.at = from + bytes.length;
    }
    return bytes.length;
  }

  /** @type {Record<string, (...args: any[]) => any>} */
  const operations = {
    open(/** @type {string} */ path, flag = "r") {
      const target = files.absolute(path);
      if (flag.startsWith("r")) {
        if (!files.exists(target)) throw fileError("ENOENT", "open", path);
      } else files.write(path, Buffer.alloc(0), flag);
      let fd = 17;
      while (open.has(fd)) fd++;
      open.set(fd, { path: target, flag, at: 0 });
      return fd;
    },
    close(/** @type {number} */ fd) {
      at(fd, "close");
      open.delete(fd);
    },
    read(/** @type {number} */ fd, /** @type {Uint8Array} */ buffer, /** @type {any} */ offset = 0, length = buffer.byteLength - (typeof offset === "number" ? offset : 0), position = null) {
      if (typeof offset === "object" && offset !== null) ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
      if (fd === 0) return 0;
      const file = at(fd, "read");
      const from = position ?? file.at;
      const part = files.read(file.path).subarray(from, from + length);
      buffer.set(part, offset);
      if (position === null) file.at += part.length;
      return part.length;
    },
    write(/** @type {number} */ fd, /** @type {any} */ data, /** @type {any} */ offset, /** @type {any} */ length, position = null) {
      if (typeof data === "string") return write(fd, Buffer.from(data, typeof length === "string" ? length : "utf8"), typeof offset === "number" ? offset : null);
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      return write(fd, bytes.subarray(offset ?? 0, (offset ?? 0) + (length ?? bytes.length)), position);
    },
    fstat: (/** @type {number} */ fd) => kit.builtin("fs").statSync(at(fd, "fstat").path),
    fsync: (/** @type {number} */ fd) => void at(fd, "fsync"),
    ftruncate: (/** @type {number} */ fd, length = 0) => kit.builtin("fs").truncateSync(at(fd, "ftruncate").path, length),
  };

  return {
    operations,
    readAll,
    write,

    /** What a callback gets behind the error: `read` and `write` tell their buffer too. @param {string} name @param {unknown} value @param {unknown[]} args */
    results: (name, value, args) => ((name === "read" || name === "write") ? [value, args[1]] : [value]),

    /** @param {Record<string, any>} promises @param {(operation: () => unknown, done: (error: unknown, value?: any) => void) => void} later */
    openHandle(promises, later) {
      /** @param {() => unknown} operation @returns {Promise<any>} */
      const promised = (operation) => new Promise((resolve, reject) => later(operation, (error, value) => (error ? reject(error) : resolve(value))));

      class FileHandle {
        #fd;
        /** @param {number} fd */
        constructor(fd) {
          this.#fd = fd;
        }
        get fd() {
          return this.#fd;
        }
        close() {
          return promised(() => operations.close(this.#fd));
        }
        stat() {
          return promised(() => operations.fstat(this.#fd));
        }
        sync() {
          return promised(() => operations.fsync(this.#fd));
        }
        /** @param {number} [length] */
        truncate(length) {
          return promised(() => operations.ftruncate(this.#fd, length));
        }
        /** @param {any} [options] */
        readFile(options) {
          return promises.readFile(this.#fd, options);
        }
        /** @param {any} data @param {any} [options] */
        writeFile(data, options) {
          return promises.writeFile(this.#fd, data, options);
        }
        /** @param {any} data @param {any} [options] */
        appendFile(data, options) {
          return promises.writeFile(this.#fd, data, options);
        }
        /** @param {any} [buffer] @param {any[]} rest */
        async read(buffer = Buffer.alloc(16384), ...rest) {
          return { bytesRead: await promised(() => operations.read(this.#fd, buffer, ...rest)), buffer };
        }
        /** @param {any} buffer @param {any[]} rest */
        async write(buffer, ...rest) {
          return { bytesWritten: await promised(() => operations.write(this.#fd, buffer, ...rest)), buffer };
        }
        async *readLines() {
          const lines = `${await this.readFile("utf8")}`.split(/\r?\n/);
          if (lines.at(-1) === "") lines.pop();
          yield* lines;
          await this.close();
        }
        [Symbol.asyncDispose ?? Symbol("asyncDispose")]() {
          return this.close();
        }
      }
      return async (/** @type {string} */ path, flag = "r") => new FileHandle(await promised(() => operations.open(path, flag)));
    },
  };
}
