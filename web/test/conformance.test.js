// The recorded outputs are Node's own: runs the programs of tests/conformance in the Node that runs this test, if it is
// the version that they were recorded with.

import assert from "node:assert/strict";
import { test } from "node:test";
import { each, readAreas, runInNode } from "../../scripts/programs.mjs";

test("the recorded outputs are what Node 24 prints", { timeout: 600_000 }, async () => {
  const areas = readAreas();
  assert.ok(areas.flatMap(({ programs }) => programs).length >= 400, "the programs were not found");
  if (!process.version.startsWith("v24.")) {
    console.log(`not run: this is Node ${process.version}, the outputs are those of Node 24`);
    return;
  }
  for (const { area, programs } of areas) {
    await each(programs, async (program) => {
      const { stdout, exit } = await runInNode(process.execPath, program);
      assert.equal(stdout, program.output, `${area}/${program.name}`);
      assert.equal(exit, program.exit, `${area}/${program.name}: exit code`);
    });
  }
});
