// A wrong answer does not pass, whatever it does to the language, to the test API or to the program.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./host.js";
import { CHEATS, TEST, WRONG } from "./testing/cheats.js";

for (const [name, cheat] of Object.entries(CHEATS)) {
  test(name, async () => {
    const { outcome, tests } = await run({ "/test.js": TEST, "/answer.js": cheat + WRONG }, { record: null, tests: true });
    const passed = tests.filter(({ status }) => status !== "failed" && status !== "not-run");
    assert.deepEqual(passed.map(({ name, status }) => `${name}: ${status}`), []);
    // Where its functions could not be told from the test's, none was registered.
    if (outcome.type === "completed") assert.ok(tests.length === 26 || tests.length === 0, `${tests.length}`);
    else assert.notEqual(outcome.type, "unsupported");
  });
}

test("the tests pass a right answer", async () => {
  const right = "exports.one = () => 1; exports.later = async () => 1;";
  const { tests } = await run({ "/test.js": TEST, "/answer.js": right }, { record: null, tests: true });
  const names = tests.filter(({ status }) => status !== "passed").map(({ name }) => name);
  assert.deepEqual(names, ["throws", "rejects", "globals > toThrow", "globals > count"]);
});
