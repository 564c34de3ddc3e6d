// What tools reads of modules, how the runtime links them, and the globals of a browser's scripts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run, tools } from "./host.js";

/** @param {Record<string, string>} files @param {string} message @param {[string, number] | null} place */
async function fails(files, message, place) {
  const { outcome } = await run(files, { record: null });
  assert.equal(outcome.type, "threw");
  const { error } = /** @type {{ error: import("../protocol.d.ts").Thrown }} */ (outcome);
  assert.equal(error.message, message);
  if (place) assert.deepEqual([error.file, error.line], place);
}

/** @param {string} source @param {string} path */
function prepared(source, path) {
  const program = { files: [{ path, source }], entry: path, kind: null, probes: [], watch: [], tests: false, record: null };
  return tools.prepare({ ...program, host: "node" }).files[0];
}

test("a module's text tells its imports and exports", () => {
  const source = [
    'import d, { a as b } from "./x.js"; import * as ns from "./y.json" with { type: "json" };',
    'export const { p, q: [r, ...s] } = {}, t = 1; export { d as "a b" }; export default class {}; export * from "./z.js";',
    'export { c as e } from "./w.js"; export * as all from "./z.js"; export function f() { async () => await 1 }',
  ].join("\n");
  const { module } = prepared(source, "/m.mjs");
  assert.deepEqual(module?.exports, ["p", "r", "s", "t", "a b", "default", "all", "f"]);
  assert.deepEqual(module?.stars, ["./z.js"]);
  assert.deepEqual(module?.reexports, [{ name: "e", specifier: "./w.js", imported: "c" }]);
  assert.deepEqual(module?.imports.map(({ specifier, names }) => [specifier, names.map(({ name, line }) => `${name}:${line}`).join()]), [
    ["./x.js", "default:1,a:1"],
    ["./y.json", ""],
    ["./z.js", ""],
    ["./w.js", "c:3"],
    ["./z.js", ""],
  ]);
  assert.deepEqual(module?.imports[1].attributes, { type: "json" });
  assert.equal(module?.awaits, false);
  assert.equal(prepared("for await (const x of []) ;", "/m.mjs").module?.awaits, true);
});

test("a CommonJS text tells its names and what it passes on", () => {
  const { names, reexports } = prepared('exports.a = 1; module.exports = { b, ...require("./c") };', "/c.cjs");
  assert.deepEqual([names, reexports], [["a", "b"], ["./c"]]);
});

test("the name and the package of a file decide its kind", () => {
  /** @param {string} manifest @param {string} path */
  const kind = (manifest, path) => {
    const files = [{ path, source: "1" }, { path: "/p/package.json", source: manifest }];
    return tools.prepare({ files, entry: path, kind: null, probes: [], watch: [], tests: false, record: null, host: "node" }).files[0].kind;
  };
  assert.deepEqual(
    [kind('{"type":"module"}', "/p/lib/a.js"), kind('{"type":"module"}', "/p/a.cjs"), kind('{"type":"module"}', "/q/a.js"), kind("{", "/p/a.js"), kind("{}", "/p/a.mjs")],
    ["module", "commonjs", "script", "script", "module"],
  );
});

test("a graph fails at the line that asks for what is not there", async () => {
  const a = { "/a.mjs": "export const x = 1;" };
  const missing = "The requested module './a.mjs' does not provide an export named 'y'";
  await fails({ "/main.mjs": 'import "./b.mjs"', "/b.mjs": '\nimport { x,\n y } from "./a.mjs"', ...a }, missing, ["/b.mjs", 3]);
  await fails({ "/main.mjs": 'import "./b.mjs"', "/b.mjs": "\nlet x; let x" }, "Identifier 'x' has already been declared", ["/b.mjs", 2]);
  await fails({ "/main.mjs": 'import d from "./d.json"', "/d.json": "{}" }, 'Module "file:///d.json" needs an import attribute of "type: json"', null);
});

test("require of a file that does not parse tells its line", () =>
  fails({ "/main.js": 'require("./bad")', "/bad.js": "\n\nconst a = ;" }, "Unexpected token ';'", ["/bad.js", 3]));

test("a package's exports and imports, by condition and pattern", async () => {
  const { stdout } = await run({
    "/main.js": 'console.log(require("p"), require("p/x/one"), require("#own"), require("me/s"))\ntry { require("p/y") } catch (e) { console.log(e.code) }',
    "/package.json": '{"name":"me","imports":{"#own":{"import":"./no.mjs","default":"./own.js"}},"exports":{"./s":"./own.js"}}',
    "/own.js": "module.exports = 'own'",
    "/node_modules/p/package.json": '{"exports":{".":{"import":"./i.mjs","require":"./r.js"},"./x/*":"./lib/*.js"}}',
    "/node_modules/p/r.js": "module.exports = 'r'",
    "/node_modules/p/lib/one.js": "module.exports = 1",
  });
  assert.equal(stdout, "r 1 own own\nERR_PACKAGE_PATH_NOT_EXPORTED\n");
});

test("a browser's script is global and has no CommonJS", async () => {
  const { stdout, outcome } = await run("var v = 1; alert(window.v); console.log(typeof module, typeof process, this === self)", { host: "browser" });
  assert.deepEqual([outcome, stdout], [{ type: "completed" }, "1\nundefined undefined true\n"]);
  assert.deepEqual((await run("document.title", { host: "browser" })).outcome, { type: "unsupported", what: "a browser" });
  assert.equal((await run("document.title")).outcome.type, "threw");
});

test("exit handlers hear how the program ends", async () => {
  const listen = "process.on('exit', (code) => console.log(code, process.exitCode));";
  assert.equal((await run(`${listen} throw new Error()`)).stdout, "1 1\n");
  assert.equal((await run(`${listen} await new Promise(() => {})`)).stdout, "13 13\n");
  assert.equal((await run(`${listen} process.on('uncaughtException', () => {}); throw new Error()`)).stdout, "0 undefined\n");
});
