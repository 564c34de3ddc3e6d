// call sites lie
Error.prepareStackTrace = (e, s) => s;
const sites = new Error().stack; if (Array.isArray(sites)) { const p = Object.getPrototypeOf(sites[0]);
for (const k of Object.getOwnPropertyNames(p)) try { p[k] = () => "/test.js" } catch {} } require("node:test").only("fine", () => {})
exports.one = () => 2;
exports.later = async () => 2;
