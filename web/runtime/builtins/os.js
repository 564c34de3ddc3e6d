// Chunk "os": node:os of a machine that is the same everywhere.

/** @param {import("../kit.js").Kit} kit */
export default function os(kit) {
  const signals = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGUSR1: 10, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15 };
  const exports = {
    arch: () => "x64",
    availableParallelism: () => 1,
    cpus: () => [{ model: "cpu", speed: 1000, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }],
    endianness: () => "LE",
    freemem: () => 2 ** 30,
    getPriority: () => 0,
    homedir: () => "/home/user",
    hostname: () => "localhost",
    loadavg: () => [0, 0, 0],
    networkInterfaces: () => ({}),
    platform: () => "linux",
    release: () => "6.0.0",
    setPriority() {},
    tmpdir: () => "/tmp",
    totalmem: () => 2 ** 31,
    type: () => "Linux",
    userInfo: () => ({ __proto__: null, uid: 1000, gid: 1000, username: "user", homedir: "/home/user", shell: "/bin/sh" }),
    uptime: () => kit.loop.now() / 1000,
    version: () => "#1 SMP",
    machine: () => "x86_64",
    constants: Object.freeze({ __proto__: null, signals: Object.freeze({ __proto__: null, ...signals }) }),
    EOL: "\n",
    devNull: "/dev/null",
  };
  return exports;
}
