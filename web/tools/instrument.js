// Inserts the recorder's calls into a source. Text is only ever inserted, and without line breaks, so that lines stay
// where the author wrote them. Only the statements that the program watches are recorded.

/** @import { Parsed, Prepared, SourceText, Watched } from "../protocol.d.ts" */
/** @import { Site } from "./statements.js" */

import { Edits } from "./edits.js";
import { exportNames } from "./export-names.js";
import { moduleSyntax } from "./module-syntax.js";
import { reread } from "./parse.js";
import { recordStatement } from "./record-statement.js";
import { scopesOf } from "./scopes.js";
import { walk } from "./walk.js";

/**
 * @param {SourceText} file
 * @param {Parsed} parsed
 * @param {{ watch: Watched[], probes: boolean }} options
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
  if (options.watch.length > 0) {
    recordStatements(edits, tree, sites, options.watch);
    keepOpenStatements(edits, tree);
  }
  if (options.probes && kind !== "module") edits.insert(beginning(tree), SCOPE);
  const prepared = { path, kind, source: edits.apply() };
  if (kind === "module") return { ...prepared, names: [], module: moduleSyntax(tree, file.source) };
  return { ...prepared, ...exportNames(file.source) };
}

/** The names of its parameters are the only ones of the entry's scope that an expression can't see. */
const SCOPE = ";__galley.scope((__galleyText, exports) => eval(__galleyText));";

/** @param {Edits} edits @param {import("acorn").Program} tree @param {Site[]} sites @param {Watched[]} watch */
function recordStatements(edits, tree, sites, watch) {
  // A recorded directive is none any more: what stands before "use strict" must stay as it is.
  const strict = tree.body.some((statement) => "directive" in statement && statement.directive === "use strict");
  for (const { id, throws } of watch) {
    const site = sites[id];
    if (site === undefined || (strict && site.node.directive !== undefined)) continue;
    recordStatement(edits, site, id, throws);
  }
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
