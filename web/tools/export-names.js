// The names that a CommonJS file gives to ES modules: those that its text assigns to `exports`.

/** @import { Program } from "acorn" */

import { walk } from "./walk.js";

/** @param {Program} tree @returns {string[]} */
export function exportNames(tree) {
  /** @type {Set<string>} */
  const names = new Set();
  walk(tree, (node) => {
    if (node.type === "AssignmentExpression") fromAssignment(/** @type {any} */ (node), names);
    else if (node.type === "CallExpression") fromDefineProperty(/** @type {any} */ (node), names);
  });
  return [...names];
}

/** `exports.a = …`, `module.exports.a = …`, `module.exports = { a, b }`. @param {any} node @param {Set<string>} names */
function fromAssignment({ left, right }, names) {
  if (left.type !== "MemberExpression") return;
  if (isExports(left.object)) {
    const name = left.computed ? left.property.value : left.property.name;
    if (typeof name === "string") names.add(name);
  } else if (isExports(left) && right.type === "ObjectExpression") {
    for (const property of right.properties) {
      const name = property.computed ? undefined : property.key?.name ?? property.key?.value;
      if (typeof name === "string") names.add(name);
    }
  }
}

/** `Object.defineProperty(exports, "a", …)`. @param {any} node @param {Set<string>} names */
function fromDefineProperty({ callee, arguments: args }, names) {
  if (callee.property?.name !== "defineProperty" || args.length < 2 || !isExports(args[0])) return;
  if (typeof args[1].value === "string") names.add(args[1].value);
}

/** @param {any} node */
function isExports(node) {
  if (node.type === "Identifier") return node.name === "exports";
  return node.type === "MemberExpression" && !node.computed && node.object.name === "module" && node.property.name === "exports";
}
