// How a statement of each kind is recorded. `try`/`finally` keeps the recorder's list of open statements right when the
// statement throws; `catch` is there only when a comment says that it throws.

/** @import { Edits } from "./edits.js" */
/** @import { Site } from "./statements.js" */

import { walk } from "./walk.js";

const NOT_RECORDED = new Set([
  "FunctionDeclaration",
  "ClassDeclaration",
  "ImportDeclaration",
  "ExportAllDeclaration",
  "ExportDefaultDeclaration",
  "ExportNamedDeclaration",
]);

/**
 * @param {Edits} edits
 * @param {Site} site
 * @param {number} id
 * @param {boolean} mayThrow a comment names an error
 */
export function recordStatement(edits, site, id, mayThrow) {
  const { node, kind } = site;
  if (NOT_RECORDED.has(node.type) || node.directive === "use strict") return;
  if (node.type === "VariableDeclaration") recordDeclaration(edits, site, id, mayThrow);
  else if (kind === "print") recordPrint(edits, site, id, mayThrow);
  else {
    tryAround(edits, site, id, `__galley.begin(${id});`, mayThrow);
    if (kind === "expression") recordValue(edits, node.start, node, id);
    else if (node.type === "ReturnStatement" && node.argument) recordValue(edits, node.start + "return".length, node, id);
  }
}

/** @param {Edits} edits @param {Site} site @param {number} id @param {string} begin @param {boolean} mayThrow @param {string} [last] */
function tryAround(edits, site, id, begin, mayThrow, last = "") {
  const handler = mayThrow ? `catch(__error){if(!__galley.threw(${id},__error,${resumes(site)}))throw __error}` : "";
  edits.wrap(site.start, site.end, `try{${begin}`, `${last}}${handler}finally{__galley.end(${id})}`);
}

/**
 * The run goes on behind a statement that is said to throw, but for one in a function, whose caller may wait for the
 * error, and one in a `try`, which does.
 * @param {Site} site
 */
function resumes(site) {
  for (let around = site.parent; around !== null; around = around.parent) {
    if (around.node.type === "TryStatement") return false;
  }
  return !site.fn;
}

/**
 * `EXPR;` becomes `__galley.value(id,(EXPR));`.
 * @param {Edits} edits @param {number} start @param {{ start: number, end: number }} statement @param {number} id
 */
function recordValue(edits, start, statement, id) {
  const own = edits.text(statement.start, statement.end).endsWith(";") ? 1 : 0;
  edits.wrap(start, statement.end - own, ` __galley.value(${id},(`, "))");
}

/**
 * `console.log(A, B)` becomes `console.log(A, __galley.open(id,(B)))`: the statement opens when its arguments have been
 * evaluated, so that what they print is not its own.
 * @param {Edits} edits @param {Site} site @param {number} id @param {boolean} mayThrow
 */
function recordPrint(edits, site, id, mayThrow) {
  const last = site.node.expression.arguments.at(-1);
  if (last === undefined) {
    tryAround(edits, site, id, `__galley.begin(${id});`, mayThrow);
    return;
  }
  tryAround(edits, site, id, `__galley.reach(${id});`, mayThrow);
  const { start, end } = last.type === "SpreadElement" ? last.argument : last;
  edits.wrap(start, end, `__galley.open(${id},(`, "))");
}

/**
 * The value is read from the binding afterwards, so that an anonymous function keeps the name it gets from it.
 * @param {Edits} edits @param {Site} site @param {number} id @param {boolean} mayThrow
 */
function recordDeclaration(edits, site, id, mayThrow) {
  const { node, start, end } = site;
  const { id: target, init } = node.declarations.at(-1);
  const isName = target.type === "Identifier";
  const record = isName ? `;__galley.value(${id},${target.name})` : "";
  if (init && !isName) edits.wrap(init.start, init.end, `__galley.value(${id},(`, "))");
  const guard = mayThrow && init && isName && isGuardable(init);
  if (!guard && canBecomeVar(site) && (mayThrow || node.kind === "var")) {
    tryAround(edits, site, id, `__galley.begin(${id});`, mayThrow, record);
    if (node.kind !== "var") edits.wrap(start, start + node.kind.length, "var/*", "*/");
    return;
  }
  edits.wrap(start, end, `__galley.begin(${id});`, `${record};__galley.end(${id});`);
  if (guard) edits.wrap(init.start, init.end, `__galley.guard(${id},()=>(`, `),${resumes(site)})`);
}

/**
 * A declaration that is expected to throw and can't be guarded (a pattern, an `await`) must stand in a `try`, yet its
 * names must be seen outside: `var` is. It is said to throw, so there is no constant to be assigned to.
 * @param {Site} site
 */
function canBecomeVar({ node, top, exported }) {
  return !exported && (node.kind === "var" || (top && (node.kind === "let" || node.kind === "const")));
}

/** The initialiser may move into an arrow function. @param {any} init */
function isGuardable(init) {
  if (/^(ArrowFunction|Function|Class)Expression$/.test(init.type)) return false;
  let guardable = true;
  walk(init, (node) => {
    if (node.type === "AwaitExpression" || node.type === "YieldExpression") guardable = false;
  });
  return guardable;
}
