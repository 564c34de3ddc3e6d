// A wrong answer does not pass, whatever it does to the language, to the test API or to the program: the answers of
// tests/hostile/answers, here in Node's engine.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { run } from "./host.js";

const folder = new URL("../../tests/hostile/answers/", import.meta.url);
const read = (/** @type {string} */ name) => readFileSync(new URL(name, folder), "utf8");
const check = (/** @type {string} */ answer) => run({ "/test.js": read("test.js"), "/answer.js": answer }, { record: null, tests: true });
const COUNT = 31;

for (const name of readdirSync(new URL("wrong/", folder))) {
  test(name.replace(".js", ""), async () => {
    // Where it breaks the runtime itself, the host says so.
    const ran = await check(read(`wrong/${name}`)).catch(() => null);
    if (ran === null) return;
    const { outcome, tests } = ran;
    const passed = tests.filter(({ status }) => status !== "failed" && status !== "not-run");
    assert.deepEqual(passed.map(({ name, status }) => `${name}: ${status}`), []);
    // Where its functions could not be told from the test's, none was registered.
    if (outcome.type === "completed") assert.ok(tests.length === COUNT || tests.length === 0, `${tests.length}`);
    else assert.notEqual(outcome.type, "unsupported");
  });
}

test("a right answer passes", async () => {
  const { tests } = await check(read("solution.js"));
  assert.deepEqual(tests.filter(({ status }) => status !== "passed"), []);
  assert.equal(tests.length, COUNT);
});
