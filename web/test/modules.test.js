// ES modules: what they import, and how a program of them ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./host.js";

test("modules import modules, CommonJS, JSON and built-ins", async () => {
  const trace = await run({
    "/main.js": [
      'import { a } from "./a.mjs"; import all, { named } from "./c.cjs"; import data from "./d.json" with { type: "json" };',
      'import path, { join } from "node:path";',
      "console.log(a, all, named, data, join === path.join, import.meta.url, import.meta.filename);",
      "export const sum = a + named;",
    ].join("\n"),
    "/a.mjs": "export const a = 1;",
    "/c.cjs": "exports.named = 2;",
    "/d.json": '{"d":3}',
  });
  assert.equal(trace.stdout, "1 { named: 2 } 2 { d: 3 } true file:///main.js /main.js\n");
  assert.equal(trace.exports?.text, "[Module: null prototype] { sum: 3 }");
});

test("a missing file is Node's error", async () => {
  const { outcome } = await run('import "./no.mjs"');
  assert.equal(outcome.type === "threw" && outcome.error.message, "Cannot find module '/no.mjs' imported from /main.js");
});

test("top-level await that nothing settles is told", async () => {
  const { outcome, exports } = await run("await new Promise(() => {}); export {}");
  assert.deepEqual([outcome, exports], [{ type: "unsettled" }, null]);
});

test("a dynamic import works from a module", async () => {
  const { stdout } = await run({ "/main.js": 'const m = await import("./a.mjs"); console.log(m.default)', "/a.mjs": "export default 5" });
  assert.equal(stdout, "5\n");
});
