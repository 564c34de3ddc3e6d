// Order of callbacks, virtual time, and the ends of a program.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./host.js";

test("ticks, microtasks, timers and immediates come in Node's order", async () => {
  const { stdout } = await run(`
    setImmediate(() => console.log("immediate"));
    setTimeout(() => { console.log("timer"); process.nextTick(() => console.log("tick in timer")); Promise.resolve().then(() => console.log("micro in timer")); }, 0);
    setTimeout(() => console.log("second timer"), 0);
    Promise.resolve().then(() => console.log("micro"));
    process.nextTick(() => console.log("tick"));
    console.log("sync");
  `);
  assert.equal(stdout, "sync\ntick\nmicro\ntimer\ntick in timer\nmicro in timer\nsecond timer\nimmediate\n");
});

test("time jumps to the next timer", async () => {
  const { stdout } = await run(`
    const start = Date.now(); console.time("t");
    const id = setInterval(() => { console.log(Date.now() - start); if (Date.now() - start >= 3000) { clearInterval(id); console.timeEnd("t"); } }, 1000);
  `);
  assert.equal(stdout, "1000\n2000\n3000\nt: 3.000s\n");
});

test("a timer can be cleared by itself or by its number, and unref'd ones do not keep the program alive", async () => {
  const { stdout } = await run(`
    clearTimeout(setTimeout(() => console.log("no"), 1));
    clearTimeout(+setTimeout(() => console.log("no"), 1));
    setTimeout(() => console.log("no"), 50).unref();
    setTimeout(() => console.log("yes"), 10);
  `);
  assert.equal(stdout, "yes\n");
});

test("an interval without end meets the limit of turns", async () => {
  const { outcome } = await run("setInterval(() => {}, 1)", {}, { turns: 50 });
  assert.deepEqual(outcome, { type: "limit", what: "turns" });
});

test("too much output ends the program", async () => {
  const { outcome, stdout } = await run("try { for (;;) console.log('xxxx') } catch {} console.log('after')", {}, { outputLimit: 20 });
  assert.deepEqual(outcome, { type: "limit", what: "output" });
  assert.equal(stdout.includes("after"), false);
});

test("process.exit ends at once, even inside try, and runs exit handlers", async () => {
  const { outcome, stdout } = await run(`
    process.on("exit", (code) => console.log("exit", code));
    try { process.exit(3) } catch {}
    console.log("not heard");
  `);
  assert.deepEqual(outcome, { type: "exited", code: 3 });
  assert.equal(stdout, "exit 3\n");
});

test("an uncaught error tells its place", async () => {
  const { outcome } = await run("function f() {\n  null.x;\n}\nf();");
  assert.ok(outcome.type === "threw");
  const { name, message, file, line } = outcome.error;
  assert.deepEqual([name, message, file, line], ["TypeError", "Cannot read properties of null (reading 'x')", "/main.js", 2]);
});

test("an unhandled rejection ends the program", async () => {
  const error = await run("Promise.reject(new RangeError('r'))");
  assert.equal(error.outcome.type === "threw" && error.outcome.error.name, "RangeError");
  const value = await run("Promise.reject(5)");
  assert.equal(value.outcome.type === "threw" && value.outcome.error.code, "ERR_UNHANDLED_REJECTION");
  const handled = await run("process.on('unhandledRejection', (r) => console.log('got', r)); Promise.reject(5)");
  assert.deepEqual([handled.outcome, handled.stdout], [{ type: "completed" }, "got 5\n"]);
});

test("dates, elapsed time and random numbers are the same in every run", async () => {
  const source = "console.log(new Date().toISOString(), performance.now(), Math.random(), new Date(2020, 0) instanceof Date, Date.length)";
  const [first, second] = [await run(source), await run(source)];
  assert.equal(first.stdout, second.stdout);
  assert.match(first.stdout, /^2024-01-01T00:00:00.000Z 0 0\.\d+ true 7\n$/);
});

test("Math.hypot has V8's last digit", async () => {
  const { stdout } = await run("console.log(Math.hypot(1, 5), Math.hypot(3, 4), Math.hypot(), Math.hypot(NaN, Infinity), Math.hypot.length)");
  assert.equal(stdout, "5.0990195135927845 5 0 Infinity 2\n".replace("5.0990195135927845", String(Math.hypot(1, 5))));
});

test("a global that Galley lacks ends the program as unsupported", async () => {
  assert.deepEqual((await run("new Intl2()")).outcome.type, "threw");
  assert.deepEqual((await run("fetch('x')")).outcome, { type: "unsupported", what: "fetch" });
});
