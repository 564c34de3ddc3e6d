/**
 * The chunks of the runtime that the sandbox does not carry from the start. A program that asks for one is begun
 * again with the part that has it: it has the same clock and the same dice, so nothing but time is lost.
 * build.mjs makes a file of each part.
 */

/** By the part's name, which is its file's: the names of its chunks. What is in none of them is in the last part, "builtins". */
export const PARTS = {
  tools: "tools rewrite imports editedClaims assert modules recording test testGlobals testMocks testRunner".split(" "),
  expect: ["expect"],
  common:
    "events eventTarget jsonWords nodeModule path processDetails replacements table thrown util wording".split(" "),
  steps: ["tracer"],
};

/** By chunk. A program may have changed the language when this is asked. @type {Record<string, string>} */
const PART_OF = Object.create(null);
for (const [part, chunks] of Object.entries(PARTS)) for (const chunk of chunks) PART_OF[chunk] = part;

/** @param {string} chunk */
export function partOf(chunk) {
  return PART_OF[chunk] ?? "builtins";
}
