// The names that a source declares for all of itself, in the order of the source.

/** @import { Program } from "acorn" */
/** @import { Declared } from "../protocol.d.ts" */

/** @param {Program} tree @param {string} source @returns {Declared[]} */
export function declaredNames(tree, source) {
  /** @type {Declared[]} */
  const names = [];
  /** @param {{ name: string, start: number }} id @param {Declared["kind"]} kind */
  const add = (id, kind) => void names.push({ name: id.name, kind, line: source.slice(0, id.start).split("\n").length });

  /** @param {any} statement what stands in the source's own body */
  const own = (statement) => {
    const { type } = statement;
    if (type === "ImportDeclaration") for (const { local } of statement.specifiers) add(local, "import");
    else if (/^Export(Named|Default)Declaration$/.test(type)) {
      if (statement.declaration?.id || statement.declaration?.declarations) own(statement.declaration);
    } else if (type === "FunctionDeclaration") add(statement.id, "function");
    else if (type === "ClassDeclaration") add(statement.id, "lexical");
    else if (type === "VariableDeclaration" && statement.kind !== "var") for (const { id } of statement.declarations) bound(id, (name) => add(name, "lexical"));
    else variables(statement);
  };

  /** `var` reaches out of blocks, loops and branches. @param {any} node */
  const variables = (node) => {
    if (node.type === "VariableDeclaration" && node.kind === "var") for (const { id } of node.declarations) bound(id, (name) => add(name, "var"));
    if (/(Expression|FunctionDeclaration|ClassDeclaration|VariableDeclaration)$/.test(node.type)) return;
    for (const part of Object.values(node)) {
      for (const inner of Array.isArray(part) ? part : [part]) if (typeof inner?.type === "string") variables(inner);
    }
  };

  for (const statement of tree.body) own(statement);
  return names;
}

/** The names of a pattern. @param {any} pattern @param {(id: any) => void} add */
function bound(pattern, add) {
  if (pattern === null) return;
  if (pattern.type === "Identifier") add(pattern);
  else if (pattern.type === "ArrayPattern") for (const element of pattern.elements) bound(element, add);
  else if (pattern.type === "ObjectPattern") for (const property of pattern.properties) bound(property.value ?? property.argument, add);
  else bound(pattern.left ?? pattern.argument, add);
}
