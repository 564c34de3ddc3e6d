// Node's modules and globals, one program of test/node for each: what it prints is what Node 24 printed (record.mjs).

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { run } from "./host.js";

const folder = new URL("./node/", import.meta.url);

for (const name of readdirSync(folder).filter((name) => name.endsWith(".cjs"))) {
  test(`${name.replace(".cjs", "")} as Node 24 has it`, async () => {
    const source = readFileSync(new URL(name, folder), "utf8");
    const { stdout, outcome } = await run(source, { record: null });
    assert.equal(stdout, readFileSync(new URL(name.replace(".cjs", ".txt"), folder), "utf8"));
    assert.deepEqual(outcome, { type: "completed" });
  });
}

test("a global loads its chunk when it is first used, and only then", async () => {
  const { loaded } = await run("console.log(typeof require, globalThis === global); setTimeout(() => {}, 1)", { record: null });
  assert.deepEqual(loaded, []);
  assert.deepEqual((await run("typeof Buffer", { record: null })).loaded, ["buffer"]);
  assert.deepEqual((await run("new TextEncoder().encode('x')", { record: null })).loaded, ["encoding"]);
});

test("a file is read after the timers and immediates at hand, as Node nearly always does", async () => {
  const source = 'require("fs").readFile("/main.js", () => console.log("file")); setTimeout(() => console.log("timeout"), 0); setImmediate(() => console.log("immediate"))';
  assert.equal((await run(source)).stdout, "timeout\nimmediate\nfile\n");
});

test("what Node has and Galley has not names itself", async () => {
  for (const [source, what] of Object.entries({
    'require("node:zlib")': "node:zlib",
    'require("child_process")': "node:child_process",
    'require("crypto").createCipheriv("x")': "crypto.createCipheriv",
    'require("fs").watch("/")': "fs.watch",
    "fetch('http://a')": "fetch",
  })) {
    assert.deepEqual((await run(source, { record: null })).outcome, { type: "unsupported", what });
  }
});
