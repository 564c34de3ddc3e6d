// Chunk "processDetails": what few programs ask of `process`. Each property of the result becomes one of `process`.

/** @import { Kit } from "../kit.js" */

import { invalidArgument, unsupported } from "../errors.js";

/** @param {Kit} kit */
export default function processDetails(kit) {
  const { loop, process } = kit;
  const version = process.version.slice(1);
  const MEMORY = { rss: 50_000_000, heapTotal: 6_000_000, heapUsed: 5_000_000, external: 1_500_000, arrayBuffers: 10_000 };
  let warnedBefore = false;
  let mask = 0o022;

  /** @param {[number, number]} [since] @returns {[number, number]} */
  function hrtime(since) {
    if (since !== undefined && !Array.isArray(since)) throw invalidArgument("time", "an instance of Array", since);
    const now = loop.now();
    const [seconds, nanos] = [Math.floor(now / 1000), Math.round((now % 1000) * 1e6)];
    if (!since) return [seconds, nanos];
    const rest = nanos - since[1];
    return rest < 0 ? [seconds - since[0] - 1, rest + 1e9] : [seconds - since[0], rest];
  }
  hrtime.bigint = () => BigInt(Math.round(loop.now() * 1e6));

  const memoryUsage = () => ({ ...MEMORY });
  memoryUsage.rss = () => MEMORY.rss;

  /** @param {any} warning @param {any} [typeOrOptions] @param {any} [code] */
  function emitWarning(warning, typeOrOptions, code) {
    const options = typeof typeOrOptions === "object" && typeOrOptions !== null ? typeOrOptions : { type: typeOrOptions, code };
    if (typeof warning !== "string" && !(warning instanceof Error)) {
      throw invalidArgument("warning", "of type string or an instance of Error", warning);
    }
    const error = /** @type {any} */ (typeof warning === "string" ? new Error(warning) : warning);
    if (typeof warning === "string") {
      Object.defineProperty(error, "name", { value: options.type ?? "Warning", writable: true, configurable: true, enumerable: false });
      if (typeof options.code === "string") error.code = options.code;
      if (typeof options.detail === "string") error.detail = options.detail;
    }
    loop.nextTick(() => {
      process.stderr.write(warningText(error));
      process.emit("warning", error);
    });
  }

  /** @param {any} error */
  function warningText(error) {
    const flag = error.name === "DeprecationWarning" ? "--trace-deprecation" : "--trace-warnings";
    const hint = warnedBefore ? "" : `(Use \`node ${flag} ...\` to show where the warning was created)\n`;
    warnedBefore = true;
    const code = error.code ? `[${error.code}] ` : "";
    const detail = error.detail ? `${error.detail}\n` : "";
    return `(node:${process.pid}) ${code}${error.name}: ${error.message}\n${detail}${hint}`;
  }

  return {
    versions: { node: version, v8: "13.6.233.17-node.53", uv: "1.52.1", modules: "137", unicode: "17.0", openssl: "3.5.8" },
    release: {
      name: "node",
      lts: "Krypton",
      sourceUrl: `https://nodejs.org/download/release/v${version}/node-v${version}.tar.gz`,
      headersUrl: `https://nodejs.org/download/release/v${version}/node-v${version}-headers.tar.gz`,
    },
    features: { inspector: true, debug: false, uv: true, ipv6: true, tls: true, require_module: true, typescript: "strip" },
    config: { target_defaults: {}, variables: {} },
    report: {},
    hrtime,
    memoryUsage,
    cpuUsage: () => ({ user: 0, system: 0 }),
    resourceUsage: () => ({ userCPUTime: 0, systemCPUTime: 0, maxRSS: MEMORY.rss / 1000 }),
    constrainedMemory: () => 0,
    availableMemory: () => 2 ** 30,
    emitWarning,
    /** @param {number} [to] */
    umask(to) {
      const before = mask;
      if (to !== undefined) mask = to;
      return before;
    },
    /** @param {unknown} directory */
    chdir(directory) {
      if (typeof directory !== "string") throw invalidArgument("directory", "of type string", directory);
      const path = kit.builtin("path").resolve(directory);
      if (!kit.builtin("fs").existsSync(path)) {
        const message = `ENOENT: no such file or directory, chdir '${process.cwd()}' -> '${directory}'`;
        throw Object.assign(new Error(message), { errno: -2, code: "ENOENT", syscall: "chdir", path: process.cwd(), dest: directory });
      }
      kit.changeDirectory(path);
    },
    /** @param {unknown} pid */
    kill(pid) {
      if (typeof pid !== "number") throw invalidArgument("pid", "of type number", pid);
      throw unsupported("process.kill");
    },
    abort() {
      throw unsupported("process.abort");
    },
    getuid: () => 1000,
    geteuid: () => 1000,
    getgid: () => 1000,
    getegid: () => 1000,
    getgroups: () => [1000],
    /** @param {string} name */
    getBuiltinModule(name) {
      if (typeof name !== "string") throw invalidArgument("id", "of type string", name);
      const bare = name.replace(/^node:/, "");
      return kit.builtinNames.includes(name) || kit.builtinNames.includes(bare) ? kit.builtin(bare) : undefined;
    },
    /** Ended from the start: nobody types. */
    get stdin() {
      const { Readable } = kit.builtin("stream");
      const stdin = new Readable({ read: () => void stdin.push(null) });
      return Object.assign(stdin, { fd: 0 });
    },
  };
}
