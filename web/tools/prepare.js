// A whole program at once: what its watched file says, and every file that holds JavaScript ready to run.

/** @import { Kind, Parsed, Prepared, Program, SourceText } from "../protocol.d.ts" */

import { instrument } from "./instrument.js";
import { parse } from "./parse.js";
import { withoutRefusedLines } from "./refused-lines.js";

/**
 * `parsed` is of the recorded file, or of the entry when none is recorded.
 * @param {Program} program
 * @returns {{ parsed: Parsed | null, files: Prepared[] }}
 */
export function prepare(program) {
  const manifests = readManifests(program.files);
  const watched = program.record ?? program.entry;
  /** @type {Parsed | null} */
  let watchedParsed = null;
  const files = program.files.filter(({ path }) => /\.(?:js|cjs|mjs)$/.test(path)).map((file) => {
    const isEntry = file.path === program.entry;
    const given = (isEntry ? program.kind : null) ?? kindByName(file.path, manifests);
    const { source, refused } = withoutRefusedLines(file.source, (source) => read(source, given, program.host).error);
    const parsed = { ...read(source, given, program.host), refused };
    if (file.path === watched) watchedParsed = parsed;
    const watch = file.path === program.record ? program.watch : [];
    return instrument({ ...file, source }, parsed, { watch, probes: isEntry && program.probes.length > 0 });
  });
  return { parsed: watchedParsed, files };
}

/** In a browser whatever can be a script is one. @param {string} source @param {Kind | null} kind @param {Program["host"]} host */
function read(source, kind, host) {
  if (host === "browser" && kind !== "module") {
    const script = parse(source, "script");
    if (script.error === null) return script;
  }
  return parse(source, kind);
}

/**
 * What the file's name and its package say of its kind; null: its syntax decides.
 * @param {string} path
 * @param {Map<string, string | null>} manifests
 * @returns {Kind | null}
 */
function kindByName(path, manifests) {
  if (path.endsWith(".mjs")) return "module";
  if (path.endsWith(".cjs")) return "commonjs";
  for (let at = path; at !== ""; ) {
    at = at.slice(0, at.lastIndexOf("/"));
    const type = manifests.get(at);
    if (type !== undefined) return type === "module" || type === "commonjs" ? type : null;
    if (at.endsWith("/node_modules")) return null;
  }
  return null;
}

/** The `type` of each package.json, by its directory ("" is the root). @param {SourceText[]} files */
function readManifests(files) {
  const manifests = new Map();
  for (const { path, source } of files) {
    if (!path.endsWith("/package.json")) continue;
    let type = null;
    try {
      type = JSON.parse(source)?.type ?? null;
    } catch {
      // A broken package.json is an error only of the program that needs it.
    }
    manifests.set(path.slice(0, -"/package.json".length), type);
  }
  return manifests;
}
