// What can be written into a source to record it: the recorder's calls. Text is only ever inserted, and without line
// breaks, so that lines stay where the author wrote them.

/** @import { Insertion, Parsed, Prepared, ReadFile, SourceText, Watched } from "../protocol.d.ts" */
/** @import { Site } from "./statements.js" */

import { Edits } from "./edits.js";
import { exportNames } from "./export-names.js";
import { mentions } from "./mentions.js";
import { moduleSyntax } from "./module-syntax.js";
import { reread } from "./parse.js";
import { recordStatement } from "./record-statement.js";
import { scopesOf } from "./scopes.js";
import { Steps } from "./steps/instrument.js";
import { walk } from "./walk.js";

/**
 * @typedef {object} Role what is wanted of a file
 * @property {boolean} recorded
 * @property {boolean} entry
 * @property {number | null} [traced] it tells its steps: its index among the program's files
 * @property {boolean} [mentions] it tells which files it names
 * @property {boolean} [inBrowser]
 */

/**
 * @param {SourceText} file
 * @param {Parsed} parsed
 * @param {Role} role
 * @returns {ReadFile}
 */
export function readFile(file, parsed, role) {
  const { path } = file;
  const { kind } = parsed;
  const { tree, sites } = reread(file.source, parsed);
  // The engine reads the source inside a function, where `#!` is no syntax.
  const source = file.source.replace(/^#!/, "//");
  if (tree === null) return { path, kind, source, names: [], error: parsed.error, insertions: [] };
  const edits = new Edits(source);
  /** @type {Steps | null} */
  let steps = null;
  if (typeof role.traced === "number") {
    edits.when = "steps";
    // Around the recorder's: a statement that is said to throw has ended when its error has been taken.
    steps = new Steps(edits, tree, { source: file.source, path, index: role.traced, isModule: kind === "module" || role.inBrowser === true });
  }
  if (role.recorded) {
    recordStatements(edits, tree, sites);
    edits.when = "watched";
    if (/await|catch/.test(source)) keepOpenStatements(edits, tree);
  }
  edits.when = "steps";
  steps?.insertInner();
  edits.when = "probes";
  if (role.entry && kind !== "module") edits.insert(beginning(tree), SCOPE);
  const read = { path, kind, source, insertions: edits.ordered(), ...(steps && { steps: steps.table }), ...(role.mentions && { mentions: mentions(tree) }) };
  if (kind === "module") return { ...read, names: [], module: moduleSyntax(tree, file.source) };
  return { ...read, ...exportNames(file.source) };
}

/**
 * @param {SourceText} file
 * @param {Parsed} parsed
 * @param {{ watch: Watched[], probes: boolean }} options
 * @returns {Prepared}
 */
export function instrument(file, parsed, { watch, probes }) {
  return written(readFile(file, parsed, { recorded: true, entry: true }), { watch, probes, steps: false });
}

/** @typedef {{ watch: Watched[], probes: boolean, steps: boolean }} Wanted */

/** The file with what is wanted written into it. @param {ReadFile} file @param {Wanted} wanted @returns {Prepared} */
export function written({ insertions, ...file }, wanted) {
  let source = "";
  let done = 0;
  for (const { at, text, when } of insertions) {
    if (!isWanted(when, wanted)) continue;
    source += file.source.slice(done, at) + text;
    done = at;
  }
  return { ...file, source: source + file.source.slice(done) };
}

/** @param {Insertion["when"]} when @param {Wanted} wanted */
function isWanted(when, { watch, probes, steps }) {
  if (when === "steps") return steps;
  if (when === "probes") return probes;
  if (when === "watched") return watch.length > 0;
  return watch.some(({ id, throws }) => id === when.id && throws === when.throws);
}

/** The names of its parameters are the only ones of the entry's scope that an expression can't see. */
const SCOPE = ";__galley.scope((__galleyText, exports) => eval(__galleyText));";

/** Each in two ways: as one that is said to throw, and as one that is not. @param {Edits} edits @param {import("acorn").Program} tree @param {Site[]} sites */
function recordStatements(edits, tree, sites) {
  // A recorded directive is none any more: what stands before "use strict" must stay as it is.
  const strict = tree.body.some((statement) => "directive" in statement && statement.directive === "use strict");
  sites.forEach((site, id) => {
    if (strict && site.node.directive !== undefined) return;
    for (const throws of [false, true]) {
      edits.when = { id, throws };
      recordStatement(edits, site, id, throws);
    }
  });
}

/**
 * Where control arrives from elsewhere, behind an `await` and in a `catch`, the statements that are open there are made
 * the open ones again.
 * @param {Edits} edits
 * @param {import("acorn").Program} tree
 */
function keepOpenStatements(edits, tree) {
  walk(tree, (node) => {
    if (node.type === "AwaitExpression") edits.wrap(node.start, node.end, "__galley.back(__galley.mark(),", ")");
    if (node.type !== "TryStatement") return;
    const { handler } = /** @type {import("acorn").TryStatement} */ (node);
    if (!handler) return;
    edits.wrap(node.start, node.end, "{const __mark=__galley.mark();", "}");
    edits.insert(handler.body.start + 1, "__galley.back(__mark);");
  });
}

/** Where the names of the innermost scope can be seen, behind the directives. @param {import("acorn").Program} tree */
function beginning(tree) {
  const scope = scopesOf(tree).at(-1);
  if (scope) return scope.body.start + 1;
  let end = 0;
  for (const statement of tree.body) {
    if (!("directive" in statement) || statement.directive === undefined) break;
    end = statement.end;
  }
  return end;
}
