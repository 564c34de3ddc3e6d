// Which nodes are statements that a comment can stand at, and of which kind. A block that is the body of something
// is a part of it, and so is what a label or `export` stands before.

/** @import { Node, Program } from "acorn" */
/** @import { StatementKind } from "../protocol.d.ts" */

import { scopesOf } from "./scopes.js";
import { walk } from "./walk.js";

/**
 * @typedef {object} Site a statement in the tree
 * @property {any} node without label and `export`
 * @property {number} start with them
 * @property {number} end
 * @property {StatementKind} kind
 * @property {boolean} top
 * @property {boolean} list it stands in a list of statements, so that others may be put beside it
 * @property {boolean} exported
 * @property {Site | null} parent the innermost statement around it
 * @property {boolean} fn a function stands between it and the top level
 */

const LISTS = /** @type {Record<string, string>} */ ({ Program: "body", BlockStatement: "body", StaticBlock: "body", SwitchCase: "consequent" });
const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression", "StaticBlock", "PropertyDefinition"]);
/** Where a statement may stand in another one. */
const PLACES = new Set(["body", "consequent", "alternate"]);
const CONSOLE_METHODS = new Set("log info debug error warn table dir dirxml group groupCollapsed groupEnd count timeEnd timeLog trace assert".split(" "));

/**
 * @param {Program} tree
 * @returns {Site[]} in order of start, outer before inner
 */
export function findStatements(tree) {
  /** @type {Site[]} */
  const sites = [];
  /** @type {Site[]} */
  const around = [];
  let functions = 0;
  const scopes = scopesOf(tree);
  const bodies = new Set([tree, ...scopes.map(({ body }) => body)]);
  const wrappers = new Set(scopes.map(({ statement }) => statement));
  const isFunction = (/** @type {any} */ node) => FUNCTIONS.has(node.type) && !bodies.has(node.body);
  walk(
    tree,
    (node, parent, key) => {
      if (isStatement(node, parent, key) && !wrappers.has(node)) {
        const top = bodies.has(/** @type {Program} */ (parent));
        const site = siteOf(node, /** @type {Node} */ (parent), key, { around: around.at(-1) ?? null, fn: functions > 0, top });
        sites.push(site);
        around.push(site);
      }
      if (isFunction(node)) functions++;
    },
    (node) => {
      if (isFunction(node)) functions--;
      if (owner(around.at(-1)) === node) around.pop();
    },
  );
  return sites.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The node that a site was made for. @param {Site | undefined} site */
const owner = (site) => site && /** @type {Site & { owner: Node }} */ (site).owner;

/** @param {Node} node @param {Node | null} parent @param {string} key */
function isStatement(node, parent, key) {
  if (parent === null || !PLACES.has(key) || !/(?:Statement|Declaration)$/.test(node.type) || node.type === "EmptyStatement") return false;
  if (LISTS[parent.type] === key) return true;
  if (node.type === "BlockStatement" || parent.type === "LabeledStatement") return false;
  return parent.type.endsWith("Statement");
}

/** @param {Node} node @param {Node} parent @param {string} key @param {{ around: Site | null, fn: boolean, top: boolean }} place @returns {Site} */
function siteOf(node, parent, key, { around, fn, top }) {
  const exported = node.type === "ExportNamedDeclaration" && /** @type {any} */ (node).declaration !== null;
  const inner = exported ? /** @type {any} */ (node).declaration : node;
  const site = {
    node: inner,
    start: node.start,
    end: node.end,
    kind: kindOf(inner),
    top,
    list: LISTS[parent.type] === key,
    exported,
    parent: around,
    fn,
    owner: node,
  };
  return site;
}

/** @param {any} node @returns {StatementKind} */
function kindOf(node) {
  if (node.type === "VariableDeclaration") return "declaration";
  if (node.type !== "ExpressionStatement" || node.directive === "use strict") return "other";
  return printCall(node.expression) ? "print" : "expression";
}

/** The statement's expression is a call of a printing function. @param {any} expression */
function printCall(expression) {
  if (expression.type !== "CallExpression" || expression.optional) return false;
  const { callee } = expression;
  if (callee.type === "Identifier") return callee.name === "alert";
  return (
    callee.type === "MemberExpression" &&
    !callee.computed &&
    !callee.optional &&
    callee.object.type === "Identifier" &&
    callee.object.name === "console" &&
    CONSOLE_METHODS.has(callee.property.name)
  );
}
