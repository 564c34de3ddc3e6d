// Which names each scope of a source declares, and which a function takes from the scopes around it.

import { scopesOf } from "../scopes.js";

/**
 * @typedef {object} Scope
 * @property {"module" | "function" | "block"} kind
 * @property {any} node the program, a function, a static block, or what has bindings of its own: a block, a loop, a `catch`
 * @property {Scope | null} parent
 * @property {Set<string>} names in the order of the source; what it is handed comes first
 * @property {Set<string>} handed `this`, `module`, `exports`, if it uses them
 * @property {boolean} joined a part of the program's own body: one of several examples in one program
 * @property {any[]} functions the function declarations that stand in it
 * @property {Set<string>} captured of a function: the names that it takes from functions and blocks around it
 */

/** What the loader hands to a file. */
const HANDED = ["module", "exports"];

/**
 * @param {import("acorn").Program} tree
 * @param {boolean} isModule an ES module, to which nothing is handed
 * @returns {Map<any, Scope>} by node
 */
export function findScopes(tree, isModule) {
  /** @type {Map<any, Scope>} */
  const scopes = new Map();
  const joined = new Set(scopesOf(tree).map(({ body }) => body));
  declare(tree, null, scopes, joined);
  refer(tree, scopes, isModule);
  for (const scope of scopes.values()) scope.names = new Set([...scope.handed, ...scope.names]);
  return scopes;
}

/** @param {any} node */
export const isFunction = (node) => /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);

/** @param {any} node @param {Scope | null} around @param {Map<any, Scope>} scopes @param {Set<any>} joined the bodies of examples */
function declare(node, around, scopes, joined) {
  const scope = scopeOf(node, around, joined);
  if (scope !== around) scopes.set(node, /** @type {Scope} */ (scope));
  if (scope === null) return;
  if (node.type === "FunctionDeclaration" && node.id && around) {
    around.names.add(node.id.name);
    around.functions.push(node);
  }
  if (node.type === "ClassDeclaration" && node.id) scope.names.add(node.id.name);
  if (node.type === "ImportDeclaration") for (const { local } of node.specifiers) scope.names.add(local.name);
  if (node.type === "VariableDeclaration") {
    const at = node.kind === "var" ? functionScope(scope) : scope;
    for (const { id } of node.declarations) for (const name of boundNames(id)) at.names.add(name);
  }
  if (isFunction(node) && !scope.joined) for (const parameter of node.params) for (const name of boundNames(parameter)) scope.names.add(name);
  if (node.type === "CatchClause" && node.param) for (const name of boundNames(node.param)) scope.names.add(name);
  for (const child of children(node)) {
    // A body that is a block shares the bindings of its function, loop or `catch`: no name is in both but to shadow it.
    if (child.type === "BlockStatement" && node.body === child && scopes.has(node)) for (const inner of children(child)) declare(inner, scope, scopes, joined);
    else declare(child, scope, scopes, joined);
  }
}

/** @param {any} node @param {Scope | null} around @param {Set<any>} joined @returns {Scope | null} */
function scopeOf(node, around, joined) {
  const isJoined = joined.has(node) || (isFunction(node) && joined.has(node.body));
  const make = (/** @type {Scope["kind"]} */ kind) => {
    const lists = { names: new Set(), handed: new Set(), captured: new Set(), functions: [] };
    return { kind, node, parent: around, joined: isJoined, ...lists };
  };
  if (node.type === "Program") return make("module");
  if (isJoined) return make("block");
  if (isFunction(node) || node.type === "StaticBlock") return make("function");
  if (/^(BlockStatement|SwitchStatement|CatchClause|For(In|Of)?Statement)$/.test(node.type)) return make("block");
  return around;
}

/** @param {Scope} scope @returns {Scope} */
function functionScope(scope) {
  for (let at = scope; ; at = /** @type {Scope} */ (at.parent)) if (at.kind !== "block" || (at.joined && isFunction(at.node))) return at;
}

/** @param {any} pattern @returns {string[]} */
function boundNames(pattern) {
  if (pattern === null) return [];
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type === "ObjectPattern") return pattern.properties.flatMap((/** @type {any} */ one) => boundNames(one.value ?? one.argument));
  if (pattern.type === "ArrayPattern") return pattern.elements.flatMap(boundNames);
  return boundNames(pattern.left ?? pattern.argument);
}

/** @param {any} node @returns {any[]} */
function children(node) {
  const found = [];
  for (const name in node) {
    const child = node[name];
    if (child === null || typeof child !== "object") continue;
    for (const one of Array.isArray(child) ? child : [child]) if (typeof one?.type === "string") found.push(one);
  }
  return found;
}

/** What names mean where they are used. @param {any} tree @param {Map<any, Scope>} scopes @param {boolean} isModule */
function refer(tree, scopes, isModule) {
  /** @param {any} node @param {Scope} scope @param {any} parent */
  const visit = (node, scope, parent) => {
    const own = scopes.get(node) ?? scope;
    if (node.type === "Identifier" && !isOnlyName(node, parent)) use(node.name, scope);
    if (node.type === "ThisExpression") useThis(scope);
    for (const child of children(node)) visit(child, own, node);
  };
  /** @param {string} name @param {Scope} scope */
  const use = (name, scope) => {
    const crossed = [];
    for (let at = /** @type {Scope | null} */ (scope); at !== null; at = at.parent) {
      if (at.names.has(name)) {
        if (at.kind !== "module" && !at.joined) for (const one of crossed) one.captured.add(name);
        return;
      }
      if (at.kind === "function") crossed.push(at);
      if (at.node.type === "FunctionExpression" && at.node.id?.name === name) return;
      if (at.kind === "module" && !isModule && HANDED.includes(name)) at.handed.add(name);
    }
  };
  visit(tree, /** @type {Scope} */ (scopes.get(tree)), null);
}

/** @param {Scope} scope */
function useThis(scope) {
  let at = scope;
  while (at.parent !== null && (at.kind === "block" || at.node.type === "ArrowFunctionExpression")) at = at.parent;
  at.handed.add("this");
}

/** No variable: a property's or a label's name. @param {any} node @param {any} parent */
function isOnlyName(node, parent) {
  if (parent === null) return false;
  const { type } = parent;
  if (type === "MemberExpression") return parent.property === node && !parent.computed;
  if (type === "Property") return parent.key === node && !parent.computed && !parent.shorthand;
  if (type === "MethodDefinition" || type === "PropertyDefinition") return parent.key === node && !parent.computed;
  return /^(LabeledStatement|BreakStatement|ContinueStatement|MetaProperty|ExportSpecifier|ExportAllDeclaration|ImportSpecifier|ImportAttribute)$/.test(type);
}
