// How a source would read if what many learners believe were true. A quiz runs each such program: what it prints is what
// somebody expects who believes so. A misconception changes all places that it concerns, and nothing else.

/** @import { Program } from "acorn" */
/** @import { Misconception, Parsed } from "../protocol.d.ts" */

/**
 * @typedef {object} Belief
 * @property {string} name
 * @property {string} why A sentence, as markdown: what is so instead.
 * @property {(source: import("./misconceptions/source.js").Source) => void} change Makes its edits.
 */

import { asynchronous } from "./misconceptions/asynchronous.js";
import { functions } from "./misconceptions/functions.js";
import { modules } from "./misconceptions/modules.js";
import { objects } from "./misconceptions/objects.js";
import { operators } from "./misconceptions/operators.js";
import { Source } from "./misconceptions/source.js";
import { statements } from "./misconceptions/statements.js";
import { variables } from "./misconceptions/variables.js";

/** Those that concern few programs come first: where they do, they are what the program is about. @type {Belief[]} */
export const BELIEFS = [...modules, ...asynchronous, ...functions, ...statements, ...variables, ...objects, ...operators];

/**
 * @param {string} text
 * @param {Program} tree
 * @param {Parsed} parsed
 * @returns {Misconception[]} those that change anything
 */
export function misconceptions(text, tree, parsed) {
  const source = new Source(text, tree, parsed);
  return BELIEFS.flatMap(({ name, why, change }, order) => {
    change(source);
    const edits = source.takeEdits();
    return edits.length > 0 ? [{ name, order, why, edits }] : [];
  });
}
