// The bundles in QuickJS itself (an older release than the binary's, as WebAssembly): they load as ES modules without
// imports, need no global that the engine lacks, and run a program.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import variant from "@jitl/quickjs-ng-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten-core";
import { bundle, CHUNKS } from "../build.mjs";

const DRIVER = `
  ${Object.keys(CHUNKS).map((name) => `import ${name} from "${name}";`).join("\n")}
  const chunks = { ${Object.keys(CHUNKS).join(", ")} };
  const host = {
    chunk: (name) => chunks[name],
    compileFunction: (source) => (0, eval)("(function (exports, require, module, __filename, __dirname) {" + source + "\\n})"),
    promiseDetails: () => null,
    proxyDetails: () => undefined,
    emit: (event) => { if (event.type === "print" && event.stream === "stdout") printed += event.text; return true; },
  };
  let printed = "";
  const parsed = tools.parse(source, null);
  const watch = parsed.statements.map(({ id }) => ({ id, throws: true }));
  const program = { files: [{ path: "/main.js", source }], entry: "/main.js", kind: null, probes: ["a.b"], tests: false, record: "/main.js", watch, host: "node" };
  const program_runtime = runtime(host, { limits: { turns: 1000 }, seed: 1, now: 1e12 });
  program_runtime.load(program, [tools.instrument(program.files[0], parsed, { watch, probes: true })]);
  program_runtime.start();
  globalThis.turn = () => program_runtime.ticks() || program_runtime.turn();
  globalThis.finish = () => {
    const rest = program_runtime.finish();
    return JSON.stringify({ printed, ...rest });
  };
`;

const PROGRAM = `
  const a = { b: [1, new Map([["k", { deep: { er: 1 } }]])] }; // => an object
  console.log(a, class A {}, [undefined, null], "%");
  null.x; // TypeError
  const { test } = require("node:test"), assert = require("node:assert");
  test("one", async () => { await new Promise((resolve) => setTimeout(resolve, 10)); assert.deepStrictEqual([1], [2]); });
  console.log((1234.5).toLocaleString(), (-0.0005).toLocaleString(), new Date(0).toLocaleString(), ["b", "a", "C", "A"].sort((x, y) => x.localeCompare(y)).join(""));
  console.log(require("util").format("%o", [1]), require("path").join("a", "b"), typeof require("events"));
  module.exports = { a };
`;

/** Chunk name to its text as it ships. */
const texts = await bundled();

async function bundled() {
  const outdir = await mkdtemp(join(tmpdir(), "galley-web-"));
  try {
    await bundle(outdir);
    const read = (/** @type {string} */ name) => readFile(join(outdir, "quickjs", `${name}.js`), "utf8");
    return new Map(await Promise.all(Object.keys(CHUNKS).map(async (name) => /** @type {const} */ ([name, await read(name)]))));
  } finally {
    await rm(outdir, { recursive: true });
  }
}

/** @param {string} source @returns {Promise<any>} what `finish()` of the driver gives */
async function runInQuickJS(source) {
  const engine = (await newQuickJSWASMModuleFromVariant(/** @type {any} */ (variant))).newRuntime();
  engine.setModuleLoader((name) => texts.get(name) ?? { error: new Error(`the bundle imports ${name}`) });
  const context = engine.newContext();
  /** @param {string} code @param {"module" | "global"} [type] */
  const evaluate = (code, type = "global") => context.dump(context.unwrapResult(context.evalCode(code, "galley:driver", { type })));
  // This WebAssembly build has no threads; the binary's engine has Atomics.
  evaluate(`globalThis.Atomics ??= {}; globalThis.source = ${JSON.stringify(source)}`);
  evaluate(DRIVER, "module");
  do engine.executePendingJobs();
  while (evaluate("turn()"));
  const result = JSON.parse(evaluate("finish()"));
  context.dispose();
  return result;
}

test("the bundles run in QuickJS", async () => {
  const result = await runInQuickJS(PROGRAM);
  assert.deepEqual(result.outcome, { type: "completed" });
  assert.equal(result.printed.split("\n")[0], "{ b: [ 1, Map(1) { 'k' => [Object] } ] } [class A] [ undefined, null ] %");
  assert.equal(result.printed.split("\n")[1], "1,234.5 -0.001 1/1/1970, 12:00:00 AM aAbC");
  assert.equal(result.exports.text, "{ a: { b: [ 1, [Map] ] } }");
  assert.equal(result.probes[0].snapshot.text, "[ 1, Map(1) { 'k' => { deep: [Object] } } ]");
  assert.equal(result.tests[0].status, "failed");
});

const folder = new URL("./node/", import.meta.url);

for (const name of readdirSync(folder).filter((name) => name.endsWith(".cjs"))) {
  test(`${name.replace(".cjs", "")} in QuickJS as Node 24 has it`, async () => {
    const { printed, outcome } = await runInQuickJS(await readFile(new URL(name, folder), "utf8"));
    assert.equal(printed, await readFile(new URL(name.replace(".cjs", ".txt"), folder), "utf8"));
    assert.deepEqual(outcome, { type: "completed" });
  });
}
