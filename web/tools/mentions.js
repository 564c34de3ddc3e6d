// The files that a source names where it would load them while it runs: `require("./song")`, `import("./song.js")`.

/** @import { Program } from "acorn" */
/** @import { Mention } from "../protocol.d.ts" */

import { walk } from "./walk.js";

/** @param {Program} tree @returns {Mention[]} in the order of the source */
export function mentions(tree) {
  /** @type {Mention[]} */
  const found = [];
  walk(tree, (/** @type {any} */ { type, callee, arguments: given, source }) => {
    const isRequire = type === "CallExpression" && callee.type === "Identifier" && callee.name === "require";
    if (!isRequire && type !== "ImportExpression") return;
    const specifier = textOf(isRequire ? given[0] : source);
    if (specifier !== null) found.push({ specifier, how: isRequire ? "require" : "import()" });
  });
  return found;
}

/** @param {any} node @returns {string | null} null: it is known only when it runs */
function textOf(node) {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  return node?.type === "TemplateLiteral" && node.expressions.length === 0 ? node.quasis[0].value.cooked : null;
}
