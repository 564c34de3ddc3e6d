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
function tryAround(edits, { start, end, top }, id, begin, mayThrow, last = "") {
  const handler = mayThrow ? `catch(__error){if(!__galley.threw(${id},__error,${top}))throw __error}` : "";
  edits.wrap(start, end, `try{${begin}`, `${last}}${handler}finally{__galley.end(${id})}`);
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
 * `console.log(ARGS)` becomes `console.log(...__galley.args(id,[ARGS]))`: the statement opens when its arguments have
 * been evaluated, so that what they print is not its own.
 * @param {Edits} edits @param {Site} site @param {number} id @param {boolean} mayThrow
 */
function recordPrint(edits, site, id, mayThrow) {
  const { callee, end } = site.node.expression;
  const gap = /^(?:\s|\/\*[^]*?\*\/|\/\/.*\n)*\(/.exec(edits.text(callee.end, end))?.[0];
  if (gap === undefined) {
    // (console.log)(x): rare enough to count its arguments' prints as its own.
    tryAround(edits, site, id, `__galley.begin(${id});`, mayThrow);
    return;
  }
  tryAround(edits, site, id, `__galley.reach(${id});`, mayThrow);
  edits.wrap(callee.end + gap.length, end - 1, `...__galley.args(${id},[`, "])");
}

/**
 * The value is read from the binding afterwards, so that an anonymous function keeps the name it gets from it.
 * @param {Edits} edits @param {Site} site @param {number} id @param {boolean} mayThrow
 */
function recordDeclaration(edits, site, id, mayThrow) {
  const { node, start, end } = site;
  const { id: target, init } = node.declarations.at(-1);
  const isName = target.type === "Identifier";
  const record = init && isName ? `;__galley.value(${id},${target.name})` : "";
  if (init && !isName) edits.wrap(init.start, init.end, `__galley.value(${id},(`, "))");
  if (canBecomeVar(site) && (mayThrow || node.kind === "var")) {
    tryAround(edits, site, id, `__galley.begin(${id});`, mayThrow, record);
    if (node.kind !== "var") edits.wrap(start, start + node.kind.length, "var/*", "*/");
    return;
  }
  edits.wrap(start, end, `__galley.begin(${id});`, `${record};__galley.end(${id});`);
  if (mayThrow && init && isGuardable(init)) edits.wrap(init.start, init.end, `__galley.guard(${id},()=>(`, "))");
}

/**
 * A declaration that is expected to throw must stand in a `try`, yet its names must be seen outside: `var` is. At the
 * top level that changes nothing else that a program could rely on.
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
