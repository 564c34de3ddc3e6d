// What an ES module's text says of its imports and exports, so that the runtime can link modules with Node's words
// before the engine does it with its own.

/** @import { Program } from "acorn" */
/** @import { ModuleImport, ModuleSyntax } from "../protocol.d.ts" */

import { walk } from "./walk.js";

/**
 * @param {Program} tree
 * @param {string} source
 * @returns {ModuleSyntax}
 */
export function moduleSyntax(tree, source) {
  /** @type {ModuleSyntax} */
  const syntax = { imports: [], exports: [], reexports: [], stars: [], awaits: hasTopLevelAwait(tree) };
  for (const node of /** @type {any[]} */ (tree.body)) {
    if (node.source) syntax.imports.push(importOf(node, source));
    if (node.type === "ExportDefaultDeclaration") syntax.exports.push("default");
    else if (node.type === "ExportAllDeclaration") addStar(syntax, node);
    else if (node.type === "ExportNamedDeclaration") addNamed(syntax, node);
  }
  return syntax;
}

/** @param {ModuleSyntax} syntax @param {any} node */
function addStar(syntax, node) {
  if (node.exported) syntax.exports.push(nameOf(node.exported));
  else syntax.stars.push(node.source.value);
}

/** @param {ModuleSyntax} syntax @param {any} node */
function addNamed(syntax, node) {
  const { declaration, specifiers, source } = node;
  for (const { local, exported } of specifiers) {
    if (source) syntax.reexports.push({ name: nameOf(exported), specifier: source.value, imported: nameOf(local) });
    else syntax.exports.push(nameOf(exported));
  }
  if (declaration?.id) syntax.exports.push(declaration.id.name);
  for (const { id } of declaration?.declarations ?? []) addBound(syntax.exports, id);
}

/** The names that a pattern binds. @param {string[]} names @param {any} pattern */
function addBound(names, pattern) {
  if (pattern === null) return;
  if (pattern.type === "Identifier") names.push(pattern.name);
  else if (pattern.type === "ObjectPattern") for (const property of pattern.properties) addBound(names, property.value ?? property.argument);
  else if (pattern.type === "ArrayPattern") for (const element of pattern.elements) addBound(names, element);
  else addBound(names, pattern.left ?? pattern.argument);
}

/** @param {any} node a declaration with a `from` @param {string} source @returns {ModuleImport} */
function importOf(node, source) {
  const names = [];
  for (const specifier of node.specifiers ?? []) {
    if (specifier.type === "ImportNamespaceSpecifier") continue;
    const name = specifier.imported ?? (specifier.type === "ExportSpecifier" ? specifier.local : null);
    names.push({ name: name === null ? "default" : nameOf(name), ...placeOf(source, specifier.start) });
  }
  const attributes = Object.fromEntries((node.attributes ?? []).map((/** @type {any} */ { key, value }) => [nameOf(key), value.value]));
  const braces = /\{[^}]*\}/.exec(source.slice(node.start, node.source.start))?.[0] ?? null;
  return { specifier: node.source.value, attributes, names, braces };
}

/** @param {any} node an identifier or a string */
const nameOf = (node) => node.name ?? node.value;

/** @param {string} source @param {number} offset */
function placeOf(source, offset) {
  const before = source.slice(0, offset).split("\n");
  return { line: before.length, column: /** @type {string} */ (before.at(-1)).length + 1 };
}

/** @param {Program} tree */
function hasTopLevelAwait(tree) {
  let depth = 0;
  let found = false;
  const isFunction = (/** @type {any} */ node) => /Function/.test(node.type);
  walk(
    tree,
    (node) => {
      if (isFunction(node)) depth++;
      const awaits = node.type === "AwaitExpression" || (node.type === "ForOfStatement" && /** @type {any} */ (node).await);
      if (awaits && depth === 0) found = true;
    },
    (node) => {
      if (isFunction(node)) depth--;
    },
  );
  return found;
}
