const log = console.log;
const t = require("node:timers/promises");
log(setTimeout, require("util").promisify(setTimeout) === t.setTimeout, require("timers").promises === t);
(async () => {
  log(await t.setTimeout(5, "v"), await t.setImmediate("w"));
  let n = 0; for await (const v of t.setInterval(2, "interval")) { log(v); if (++n === 2) break; }
  const c = new AbortController(); const waiting = t.setTimeout(50, null, { signal: c.signal }); c.abort();
  try { await waiting; } catch (e) { log(e.name, e.code, e.message); }
  const before = performance.now(); await t.scheduler.wait(3); log(performance.now() - before >= 2);
})();
