// Chunk "testRunner": one a program, whatever API its tests use.

/** @import { Kit } from "../kit.js" */

import { createNodeTest } from "./node-test.js";
import { createRunner } from "./runner.js";

/** @param {Kit} kit */
export default function testRunner(kit) {
  const runner = createRunner(kit);
  /** @type {any} */
  const guarded = null;
  return { runner, nodeTest: createNodeTest(kit, runner), guarded };
}
