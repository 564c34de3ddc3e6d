// CommonJS as Node has it: what a file may do with module, exports and require.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./host.js";

/** @param {string | Record<string, string>} files @param {string} stdout */
async function prints(files, stdout) {
  const trace = await run(files, { record: null });
  assert.deepEqual(trace.outcome, { type: "completed" });
  assert.equal(trace.stdout, stdout);
}

test("this, exports and module.exports are one object", () => prints("console.log(this === exports, exports === module.exports)", "true true\n"));

test("the wrapper gives names, and return leaves the file", () =>
  prints("console.log(__filename, __dirname, require.main === module, module.id, arguments.length); return; nowhere()", "/main.js / true . 5\n"));

test("a file is found by name, extension, index and package main", () =>
  prints(
    {
      "/main.js": 'console.log(require("./a"), require("./b"), require("./c/"), require("pkg"), require("@s/p/x"), require("./c/up"))',
      "/a.js": "module.exports = 'js'",
      "/b.json": '\uFEFF{"k":1}',
      "/c/up.js": "module.exports = require('../a')",
      "/c/index.js": "module.exports = 'index'",
      "/node_modules/pkg/package.json": '{"main":"./lib/start"}',
      "/node_modules/pkg/lib/start.js": "module.exports = 'main'",
      "/node_modules/@s/p/package.json": '{"exports":{"./x":{"import":"./no.mjs","require":"./yes.cjs"}}}',
      "/node_modules/@s/p/yes.cjs": "module.exports = 'exports'",
    },
    "js { k: 1 } index main exports js\n",
  ));

test("a cycle gives the exports made so far", () =>
  prints(
    {
      "/main.js": 'exports.early = 1; require("./b"); exports.late = 2;',
      "/b.js": 'const a = require("./main"); console.log(a)',
    },
    "{ early: 1 }\n",
  ));

test("a file runs once, and again when it has thrown", () =>
  prints(
    {
      "/main.js": 'for (const f of ["./ok", "./ok", "./bad", "./bad"]) try { require(f) } catch (e) { console.log(e.message) }',
      "/ok.js": "console.log('ran')",
      "/bad.js": "throw new Error('bad')",
    },
    "ran\nbad\nbad\n",
  ));

test("a file that is not there is named with the stack of requires", () =>
  prints(
    { "/main.js": "require('./a')", "/a.js": "try { require('./no') } catch (e) { console.log(e.code, e.message, e.requireStack) }" },
    "MODULE_NOT_FOUND Cannot find module './no'\nRequire stack:\n- /a.js\n- /main.js [ '/a.js', '/main.js' ]\n",
  ));

test("require('__proto__') finds nothing", async () => {
  const { outcome } = await run("require('__proto__')");
  assert.equal(outcome.type === "threw" && outcome.error.code, "MODULE_NOT_FOUND");
});

test("a built-in that Galley lacks ends the program as unsupported", async () => {
  const { outcome } = await run("require('node:zlib')");
  assert.deepEqual(outcome, { type: "unsupported", what: "node:zlib" });
});

test("exports are those at the end", async () => {
  const { exports } = await run("module.exports = { a: 1 }; setTimeout(() => { module.exports.b = 2 }, 5)");
  assert.equal(exports?.text, "{ a: 1, b: 2 }");
});
