// Fits npm web-streams-polyfill, the streams of the WHATWG, to the runtime: its errors are Node 24's, in class, code and
// words, and a result that was waiting for its reader has its properties in Node's order.
// A new release in which a target is missing fails the build: then look at the patch again.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const errors = fileURLToPath(new URL("../runtime/builtins/web-streams-errors.js", import.meta.url));

/** @type {[why: string, target: string, replacement: string][]} */
const PATCHES = [
  ["Node's order of a result's properties", "_chunkSteps(e){this._promise=l({value:e,done:!1})}", "_chunkSteps(e){this._promise=l({done:!1,value:e})}"],
  ["the error tells what was given", "throw new TypeError(`${t} is not a function.`)", "throw new TypeError(`${t} is not a function.`,e)"],
  ["the error tells what was given", "throw new TypeError(`${t} is not a WritableStream.`)", "throw new TypeError(`${t} is not a WritableStream.`,e)"],
  ["the error tells what was given", "throw new TypeError(`${t} is not a ReadableStream.`)", "throw new TypeError(`${t} is not a ReadableStream.`,e)"],
  ["the error tells what was given", "throw new TypeError(`${t} is not an AbortSignal.`)", "throw new TypeError(`${t} is not an AbortSignal.`,e)"],
  ["the error tells what was given", 'throw new TypeError("chunk must be an array buffer view")', 'throw new TypeError("chunk must be an array buffer view",e)'],
  ["the error tells what was given", 'new RangeError("Invalid highWaterMark")', 'new RangeError("Invalid highWaterMark",r)'],
  ["the error tells what was given", 'new RangeError("Size must be a finite, non-NaN, non-negative number.")', 'new RangeError("Size must be a finite, non-NaN, non-negative number.",r)'],
];

/** @type {import("esbuild").Plugin} */
export const webStreamsPatches = {
  name: "web-streams-patches",
  setup(build) {
    build.onLoad({ filter: /web-streams-polyfill[\\/]dist[\\/]ponyfill\.mjs$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      const failed = [];
      for (const [why, target, replacement] of PATCHES) {
        if (!contents.includes(target)) failed.push({ text: `patch "${why}": its target is not there: ${target}` });
        contents = contents.replace(target, () => replacement);
      }
      return { contents: `import { StreamTypeError as TypeError, StreamRangeError as RangeError } from ${JSON.stringify(errors)};\n${contents}`, errors: failed };
    });
  },
};
