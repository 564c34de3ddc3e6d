// A whole program at once: what its watched file says, and every file that holds JavaScript ready to run.

/** @import { Kind, Parsed, Prepared, Program } from "../protocol.d.ts" */

import { instrument } from "./instrument.js";
import { parse } from "./parse.js";

/**
 * `parsed` is of the recorded file, or of the entry when none is recorded.
 * @param {Program} program
 * @returns {{ parsed: Parsed | null, files: Prepared[] }}
 */
export function prepare(program) {
  const watched = program.record ?? program.entry;
  /** @type {Parsed | null} */
  let watchedParsed = null;
  const files = program.files.filter(({ path }) => /\.(?:js|cjs|mjs)$/.test(path)).map((file) => {
    const isEntry = file.path === program.entry;
    const parsed = parse(file.source, isEntry ? program.kind : kindByName(file.path));
    if (file.path === watched) watchedParsed = parsed;
    const watch = file.path === program.record ? program.watch : [];
    return instrument(file, parsed, { watch, probes: isEntry && program.probes.length > 0 });
  });
  return { parsed: watchedParsed, files };
}

/** @param {string} path @returns {Kind | null} */
function kindByName(path) {
  if (path.endsWith(".mjs")) return "module";
  return path.endsWith(".cjs") ? "commonjs" : null;
}
