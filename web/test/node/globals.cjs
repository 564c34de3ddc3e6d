const log = console.log;
const names = "Buffer URL URLSearchParams TextEncoder TextDecoder AbortController AbortSignal Event EventTarget CustomEvent structuredClone queueMicrotask atob btoa performance crypto Blob File MessageChannel setImmediate".split(" ");
for (const name of names) log(name, typeof globalThis[name], Object.keys(globalThis).includes(name), Object.getOwnPropertyNames(globalThis).includes(name), globalThis[name]?.name);
for (const name of ["URL", "Event", "TextEncoder"]) { globalThis[name] = 1; log(globalThis[name], Object.getOwnPropertyDescriptor(globalThis, name)); }
log(delete globalThis.Blob, typeof Blob);
const m = require("node:module");
log(m.isBuiltin("fs"), m.isBuiltin("node:fs"), m.isBuiltin("test"), m.isBuiltin("node:test"), m.isBuiltin("x"), m.builtinModules.includes("fs"), m.createRequire("/a/b.js")("path").sep);
try { m.createRequire("x"); } catch (e) { log(e.name, e.code, e.message); }
