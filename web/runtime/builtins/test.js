// Chunk "test": node:test.

/** @import { Kit } from "../kit.js" */

/** @param {Kit} kit */
export default function testModule(kit) {
  return kit.builtin("internal/testRunner").nodeTest;
}
