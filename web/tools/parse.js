// A source as Rust wants to know it: kind, comments, and the statements that comments stand at.

/** @import { Kind, Parsed } from "../protocol.d.ts" */
/** @import { Site } from "./statements.js" */

import { placeComments } from "./comments.js";
import { declaredNames } from "./declared-names.js";
import { findStatements } from "./statements.js";
import { readSyntax } from "./syntax.js";

/**
 * The last result with its tree, for `instrument`, which is asked for the same source right after.
 * @type {{ source: string, parsed: Parsed, tree: import("acorn").Program | null, sites: Site[] } | null}
 */
let last = null;

/**
 * @param {string} source
 * @param {Kind | null} kind
 * @returns {Parsed}
 */
export function parse(source, kind) {
  const { tree, comments, error, kind: found } = readSyntax(source, kind);
  const placed = placeComments(source, comments, tree === null ? [] : findStatements(tree));
  const sites = [...new Set(placed.flatMap(({ after, before, inside }) => [after, before, inside]))].filter((site) => site !== null);
  sites.sort((a, b) => a.start - b.start || b.end - a.end);
  const ids = new Map(sites.map((site, id) => [site, id]));
  /** @param {Site | null} site */
  const idOf = (site) => (site === null ? null : (ids.get(site) ?? null));
  /** @type {Parsed} */
  const parsed = {
    kind: found,
    statements: sites.map(({ start, end, kind, top }, id) => ({ id, start, end, kind, top })),
    comments: placed.map(({ comment, after, trailing, before, inside }) => ({
      start: comment.start,
      end: comment.end,
      text: comment.value,
      block: comment.type === "Block",
      after: idOf(after),
      trailing,
      before: idOf(before),
      inside: idOf(inside),
    })),
    declared: tree === null ? [] : declaredNames(tree, source),
    error,
  };
  last = { source, parsed, tree, sites };
  return parsed;
}

/**
 * The tree and the sites of `parsed.statements`, in their order.
 * @param {string} source
 * @param {Parsed} parsed
 */
export function reread(source, parsed) {
  // From Rust `parsed` comes back as a copy, hence the comparison by contents.
  if (last?.source !== source || last.parsed.kind !== parsed.kind) parse(source, parsed.kind);
  return /** @type {NonNullable<typeof last>} */ (last);
}
