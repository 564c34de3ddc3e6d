/**
 * The chunks of the runtime that the sandbox does not carry from the start. A program that asks for one is begun
 * again with the part that has it: it has the same clock and the same dice, so nothing but time is lost.
 * build.mjs makes a file of each part.
 */

/** By the part's name, which is its file's: the names of its chunks. @type {Record<string, string[]>} */
export const PARTS = named({
  tools: "tools rewrite assert modules recording test testGlobals testMocks testRunner",
  expect: "expect",
  common:
    "events eventTarget jsonWords nodeModule path processDetails replacements table thrown util wording",
  steps: "tracer",
  builtins:
    "browserGlobals buffer crypto cryptoNames dns encoding fs glob http http2 keyDerivation lackingModules legacyUrl " +
      "locale localeMethods messageChannel mime moreHashes net os packageTargets parseArgs perfHooks punycode " +
      "querystring stream stringDecoder structuredClone timersPromises traceEvents url vm webStreams workerThreads",
});

/** @param {Record<string, string>} parts names between blanks */
function named(parts) {
  return Object.fromEntries(Object.entries(parts).map(([part, names]) => [part, names.split(" ")]));
}

/** @param {string} chunk @returns {string | null} null: there is no such chunk */
export function partOf(chunk) {
  return Object.keys(PARTS).find((part) => PARTS[part].includes(chunk)) ?? null;
}
