// A whole program at once: what its watched file says, and every file that holds JavaScript ready to run.

/** @import { Kind, Parsed, Prepared, Program, ReadFile, SourceText } from "../protocol.d.ts" */

import { readFile, written } from "./instrument.js";
import { parse, reread } from "./parse.js";
import { withoutRefusedLines } from "./refused-lines.js";

/**
 * What can be made of a file beside running it, when the program asks for it.
 * @typedef {object} Studies
 * @property {typeof import("./misconceptions.js").misconceptions} [misconceptions]
 * @property {typeof import("./mutants.js").mutants} [mutants]
 */

/**
 * `parsed` is of the recorded file, or of the entry when none is recorded.
 * @param {Program} program what is watched and probed is not looked at
 * @param {Studies} [studies]
 * @returns {{ parsed: Parsed | null, files: ReadFile[] }}
 */
export function read(program, { misconceptions, mutants } = {}) {
  const manifests = readManifests(program.files);
  const watched = program.record ?? program.entry;
  /** @type {Parsed | null} */
  let watchedParsed = null;
  const files = program.files.filter(({ path }) => /\.(?:js|cjs|mjs)$/.test(path)).map((file) => {
    const isEntry = file.path === program.entry;
    const given = (isEntry ? program.kind : null) ?? kindByName(file.path, manifests);
    const { parsed, read } = readOnce(file, given, program.host, {
      recorded: file.path === program.record,
      entry: isEntry,
      traced: program.stepped ? program.files.indexOf(file) : null,
      mentions: program.modules === true,
    });
    if (file.path === watched) {
      const tree = (program.mutants || program.misconceptions) && parsed.error === null ? reread(read.source, parsed).tree : null;
      watchedParsed = parsed;
      if (tree && program.mutants && mutants) watchedParsed = { ...watchedParsed, mutants: mutants(read.source, tree, parsed.comments) };
      if (tree && program.misconceptions && misconceptions) watchedParsed = { ...watchedParsed, misconceptions: misconceptions(read.source, tree, parsed) };
    }
    return read;
  });
  return { parsed: watchedParsed, files };
}

/**
 * What was read last: programs that follow one another share files, as the answers to an exercise share its tests.
 * @type {Map<string, { parsed: Parsed, read: ReadFile }>}
 */
const recent = new Map();
const MOST_RECENT = 8;

/** @param {SourceText} file @param {Kind | null} kind @param {Program["host"]} host @param {import("./instrument.js").Role} role */
function readOnce(file, kind, host, role) {
  const key = [file.path, kind, host, role.recorded, role.entry, role.traced, role.mentions, file.source].join("\0");
  const one = recent.get(key) ?? readAnew(file, kind, host, role);
  recent.delete(key);
  recent.set(key, one);
  if (recent.size > MOST_RECENT) recent.delete(/** @type {string} */ (recent.keys().next().value));
  return one;
}

/** @param {SourceText} file @param {Kind | null} kind @param {Program["host"]} host @param {import("./instrument.js").Role} role */
function readAnew(file, kind, host, role) {
  const { source, refused } = withoutRefusedLines(file.source, (source) => readAs(source, kind, host).error);
  const parsed = { ...readAs(source, kind, host), refused };
  return { parsed, read: readFile({ ...file, source }, parsed, { ...role, inBrowser: host === "browser" }) };
}

/** @param {Program} program @returns {{ parsed: Parsed | null, files: Prepared[] }} */
export function prepare(program) {
  const { parsed, files } = read(program);
  const wanted = { watch: program.watch, probes: program.probes.length > 0, steps: program.stepped !== undefined };
  return { parsed, files: files.map((file) => written(file, wanted)) };
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
