// Inserts the recorder's calls into a source. Text is only ever inserted, and without line breaks, so that lines stay
// where the author wrote them. Only statements that a comment follows or precedes are recorded.

/** @import { Parsed, Prepared, SourceText } from "../protocol.d.ts" */
/** @import { Site } from "./statements.js" */

import { Edits } from "./edits.js";
import { exportNames } from "./export-names.js";
import { moduleSyntax } from "./module-syntax.js";
import { reread } from "./parse.js";
import { recordStatement } from "./record-statement.js";
import { walk } from "./walk.js";

/**
 * @param {SourceText} file
 * @param {Parsed} parsed
 * @param {{ record: boolean, resume: string | null, probes: boolean }} options
 * @returns {Prepared}
 */
export function instrument(file, parsed, options) {
  const { path } = file;
  const { kind } = parsed;
  const { tree, sites } = reread(file.source, parsed);
  // The engine reads the source inside a function, where `#!` is no syntax.
  const source = file.source.replace(/^#!/, "//");
  if (tree === null) return { path, kind, source, names: [], error: parsed.error };
  const edits = new Edits(source);
  if (options.record && sites.length > 0) {
    recordStatements(edits, parsed, sites, options.resume);
    keepOpenStatements(edits, tree);
  }
  if (options.probes && kind !== "module") edits.insert(prologueEnd(tree), ";__galley.scope((s, exports) => eval(s));");
  const prepared = { path, kind, source: edits.apply() };
  if (kind === "module") return { ...prepared, names: [], module: moduleSyntax(tree, file.source) };
  return { ...prepared, ...exportNames(file.source) };
}

/** @param {Edits} edits @param {Parsed} parsed @param {Site[]} sites @param {string | null} resume */
function recordStatements(edits, parsed, sites, resume) {
  const namesError = resume === null ? null : new RegExp(resume, "u");
  /** Whether a comment of the statement names an error, by the statement's id. @type {Map<number, boolean>} */
  const wanted = new Map();
  for (const comment of parsed.comments) {
    const matches = namesError?.test(comment.text) ?? false;
    for (const id of [comment.after, comment.before]) {
      if (id !== null) wanted.set(id, matches || (wanted.get(id) ?? false));
    }
  }
  for (const [id, mayThrow] of [...wanted].sort(([a], [b]) => a - b)) recordStatement(edits, sites[id], id, mayThrow);
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

/** Behind the directives. @param {any} tree */
function prologueEnd(tree) {
  let end = 0;
  for (const statement of tree.body) {
    if (statement.directive === undefined) break;
    end = statement.end;
  }
  return end;
}
