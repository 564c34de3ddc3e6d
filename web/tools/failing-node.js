// Where in a source an error was made. QuickJS tells the place of the last name that was read before the failing
// operation; with the kind of failure that leaves few nodes.

/** @import { Node } from "./call-text.js" */

import * as acorn from "acorn";
import { bare } from "./call-text.js";
import { walk } from "./walk.js";

/** What a chunk's wrapper may add is nothing: the source is the one that was compiled. @type {acorn.Options[]} */
const WAYS = [
  { ecmaVersion: "latest", sourceType: "script", allowReturnOutsideFunction: true, allowHashBang: true },
  { ecmaVersion: "latest", sourceType: "module", allowHashBang: true },
];

/** @param {string} source @returns {Node | null} */
export function readTree(source) {
  for (const way of WAYS) {
    try {
      return acorn.parse(source, way);
    } catch {
      // the other way, then
    }
  }
  return null;
}

/** QuickJS counts a column's bytes. @param {string} source @param {number} line @param {number} column */
export function offsetOf(source, line, column) {
  let start = 0;
  for (let at = 1; at < line; at++) start = source.indexOf("\n", start) + 1;
  let bytes = 1;
  let offset = start;
  while (bytes < column && offset < source.length) {
    const code = /** @type {number} */ (source.codePointAt(offset));
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    offset += code < 0x10000 ? 1 : 2;
  }
  return offset;
}

/**
 * @typedef {object} Place
 * @property {Node} scope the innermost function around, or the program
 * @property {number} offset of the last name that was read; the scope's start when none was
 * @property {Node[]} enclosing classes and functions around, outermost first
 */

/**
 * @param {Node} tree
 * @param {string} source
 * @param {{ line: number, column: number, functionText: string }} at
 * @returns {Place}
 */
export function placeOf(tree, source, { line, column, functionText }) {
  const offset = column <= 0 ? 0 : offsetOf(source, line, column);
  const same = functions(tree).filter((node) => sameText(source, node, functionText));
  const running = same.filter((node) => node.start <= offset && offset < node.end).at(-1);
  // A function that has read nothing so far: the place is that of what was read in front of it.
  const begun = running ? undefined : (same.find(({ start }) => start >= offset) ?? same[0]);
  if (begun) return { scope: begun, offset: begun.start, enclosing: around(tree, begun.start) };
  const enclosing = around(tree, offset);
  const inside = enclosing.filter((node) => isFunction(node) && node.start < offset && offset < node.end - 1);
  return { scope: running ?? inside.at(-1) ?? tree, offset, enclosing };
}

/** A method's text begins with its name, in front of the node of its function. @param {string} source @param {Node} node @param {string} text */
function sameText(source, node, text) {
  const start = Math.max(0, node.end - text.length);
  return text !== "" && start <= node.start && source.slice(start, node.end) === text;
}

/** @param {Node} tree @returns {Node[]} */
function functions(tree) {
  /** @type {Node[]} */
  const found = [];
  walk(tree, (/** @type {Node} */ node) => {
    if (isFunction(node)) found.push(node);
  });
  return found;
}

/** @param {Node} node */
const isFunction = ({ type }) => /Function/.test(type);

/** @param {Node} tree @param {number} offset @returns {Node[]} */
function around(tree, offset) {
  /** @type {Node[]} */
  const found = [];
  walk(tree, (/** @type {Node} */ node) => {
    if (node.start <= offset && offset < node.end && (isFunction(node) || /^Class(D|E)/.test(node.type))) found.push(node);
  });
  return found;
}

/**
 * The nodes of a scope, without those of functions inside it.
 * @param {Node} scope
 * @param {(node: Node) => boolean} wanted
 * @returns {Node[]}
 */
export function nodesOf(scope, wanted) {
  /** @type {Node[]} */
  const found = [];
  let inside = 0;
  walk(
    scope,
    (/** @type {Node} */ node) => {
      if (node !== scope && isFunction(node)) inside++;
      if (inside === 0 && wanted(node)) found.push(node);
    },
    (node) => {
      if (node !== scope && isFunction(node)) inside--;
    },
  );
  return found;
}

/**
 * The likeliest of several: the one whose `operand` ends in the name that was read last, the innermost first; else the
 * one around that name, else the next behind it.
 * @param {Node[]} nodes
 * @param {(node: Node) => Node} operand
 * @param {number} offset
 * @returns {Node[]}
 */
export function byLikelihood(nodes, operand, offset) {
  const size = (/** @type {Node} */ node) => node.end - node.start;
  const read = nodes.filter((node) => lastRead(operand(node)) === offset).sort((a, b) => size(a) - size(b));
  const around = nodes.filter((node) => node.start <= offset && offset < node.end && !read.includes(node)).sort((a, b) => size(a) - size(b));
  const behind = nodes.filter((node) => node.start > offset && !read.includes(node)).sort((a, b) => a.start - b.start);
  return [...read, ...around, ...behind];
}

/** The place that QuickJS notes last when it has evaluated an expression. @param {Node} root */
function lastRead(root) {
  let last = -1;
  const note = (/** @type {number} */ offset) => void (last = Math.max(last, offset));
  let inside = 0;
  walk(
    root,
    (/** @type {Node} */ node, parent, key) => {
      if (isFunction(node)) {
        if (inside++ === 0) note(functionMark(node, key));
      } else if (inside > 0) return;
      else if (node.type === "Identifier" && !isPlainProperty(parent, key)) note(node.start);
      else if (node.type === "CallExpression") {
        const callee = bare(node.callee);
        if (callee.type === "MemberExpression" && !callee.computed) note(callee.property.start);
      }
    },
    (/** @type {Node} */ node) => {
      if (isFunction(node)) inside--;
    },
  );
  return last;
}

/** @param {Node} node @param {string} key */
function functionMark(node, key) {
  if (node.type !== "ArrowFunctionExpression") return key === "callee" ? node.end - 1 : node.start;
  return node.params[0]?.start === node.start ? node.start : -1;
}

/** @param {Node | null} parent @param {string} key */
const isPlainProperty = (parent, key) => (key === "property" || key === "key") && !parent?.computed;
