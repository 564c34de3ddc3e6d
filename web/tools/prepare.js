// A whole program at once: what its watched file says, and every file that holds JavaScript ready to run.

/** @import { Kind, Parsed, Prepared, Program, ReadFile, SourceText } from "../protocol.d.ts" */

import { readFile, written } from "./instrument.js";
import { parse } from "./parse.js";
import { withoutRefusedLines } from "./refused-lines.js";

/**
 * `parsed` is of the recorded file, or of the entry when none is recorded.
 * @param {Program} program what is watched and probed is not looked at
 * @returns {{ parsed: Parsed | null, files: ReadFile[] }}
 */
export function read(program) {
  const manifests = readManifests(program.files);
  const watched = program.record ?? program.entry;
  /** @type {Parsed | null} */
  let watchedParsed = null;
  const files = program.files.filter(({ path }) => /\.(?:js|cjs|mjs)$/.test(path)).map((file) => {
    const isEntry = file.path === program.entry;
    const given = (isEntry ? program.kind : null) ?? kindByName(file.path, manifests);
    const { source, refused } = withoutRefusedLines(file.source, (source) => readAs(source, given, program.host).error);
    const parsed = { ...readAs(source, given, program.host), refused };
    if (file.path === watched) watchedParsed = parsed;
    return readFile({ ...file, source }, parsed, { recorded: file.path === program.record, entry: isEntry });
  });
  return { parsed: watchedParsed, files };
}

/** @param {Program} program @returns {{ parsed: Parsed | null, files: Prepared[] }} */
export function prepare(program) {
  const { parsed, files } = read(program);
  return { parsed, files: files.map((file) => written(file, program.watch, program.probes.length > 0)) };
}

/** In a browser whatever can be a script is one. @param {string} source @param {Kind | null} kind @param {Program["host"]} host */
function readAs(source, kind, host) {
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
