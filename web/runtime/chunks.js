// The chunks that a host loads by name (Host.chunk), for a host that has them all in one script.
// The binary has each as a file of its own instead; build.mjs reads the names from this folder.

import tools from "../tools/index.js";
import assert from "./builtins/assert.js";
import events from "./builtins/events.js";
import inspect from "./builtins/inspect.js";
import jsonWords from "./builtins/json-words.js";
import path from "./builtins/path.js";
import structuredClone from "./builtins/structured-clone.js";
import test from "./builtins/test.js";
import util from "./builtins/util.js";

/** @type {Record<string, () => unknown>} */
export const chunks = {
  tools: () => tools,
  assert: () => assert,
  events: () => events,
  inspect: () => inspect,
  jsonWords: () => jsonWords,
  path: () => path,
  structuredClone: () => structuredClone,
  test: () => test,
  util: () => util,
};
