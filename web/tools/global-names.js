// The names that a script declares with `var` and `function` in its global scope: the properties that running it gives
// to the global object. Functions come first, as they are made first.

import { readSyntax } from "./syntax.js";

/** @param {string} source @returns {string[]} none when it does not parse */
export function globalNames(source) {
  const { tree } = readSyntax(source, "script");
  if (tree === null) return [];
  const functions = tree.body.flatMap((statement) => (statement.type === "FunctionDeclaration" && statement.id ? [statement.id.name] : []));
  /** @type {Set<string>} */
  const names = new Set(functions);
  for (const statement of tree.body) declared(statement, names);
  return [...names];
}

/** @param {any} node @param {Set<string>} names */
function declared(node, names) {
  if (node.type === "VariableDeclaration") {
    if (node.kind === "var") for (const { id } of node.declarations) bound(id, names);
    return;
  }
  if (node.type.endsWith("Expression") || node.type === "ClassDeclaration" || node.type === "FunctionDeclaration") return;
  for (const part of Object.values(node)) {
    const nodes = Array.isArray(part) ? part : [part];
    for (const inner of nodes) if (typeof inner?.type === "string") declared(inner, names);
  }
}

/** The names of a pattern. @param {any} pattern @param {Set<string>} names */
function bound(pattern, names) {
  if (pattern === null) return;
  if (pattern.type === "Identifier") names.add(pattern.name);
  else if (pattern.type === "ArrayPattern") for (const element of pattern.elements) bound(element, names);
  else if (pattern.type === "ObjectPattern") for (const property of pattern.properties) bound(property.value ?? property.argument, names);
  else bound(pattern.left ?? pattern.argument, names);
}
