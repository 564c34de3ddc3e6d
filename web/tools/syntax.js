// Source text to syntax tree, and what kind of program it is. The only file that calls acorn's parser.

/** @import { Program, Comment, Node } from "acorn" */
/** @import { Kind, SyntaxProblem } from "../protocol.d.ts" */

import * as acorn from "acorn";
import { v8Message } from "./syntax-message.js";
import { walk } from "./walk.js";

/**
 * @typedef {object} Syntax
 * @property {Kind} kind
 * @property {Program | null} tree null when the source does not parse
 * @property {Comment[]} comments as far as it was read
 * @property {SyntaxProblem | null} error
 */

/** Names that only a CommonJS module has. */
const COMMONJS_NAMES = new Set(["module", "exports", "require", "__filename", "__dirname"]);
/** A source without any of them needs no second look. An escape in a name would hide it. */
const COMMONJS_NAME = /module|exports|require|__(?:file|dir)name|\\u/;

/**
 * @param {string} source
 * @param {Kind | null} kind null: decided by the syntax
 * @returns {Syntax}
 */
export function readSyntax(source, kind) {
  const read = kind === "module" ? readAs(source, "module") : readAs(source, "script");
  if (kind !== null) return { ...read, kind };
  if (read.tree !== null) {
    // As in Node: what can't stand in the function around a CommonJS module is a module.
    const module = redeclaresCommonJs(read.tree) ? readAs(source, "module") : null;
    if (module?.tree) return { ...module, kind: "module" };
    return { ...read, kind: COMMONJS_NAME.test(source) && usesCommonJs(read.tree) ? "commonjs" : "script" };
  }
  if (!mayBeModule(source)) return { ...read, kind: "script" };
  const asModule = readAs(source, "module");
  // Code that is wrong either way gets the message of the way that it was most likely meant.
  if (asModule.tree === null && !/^\s*(import|export)\b/m.test(source)) return { ...read, kind: "script" };
  return { ...asModule, kind: "module" };
}

/** Only these make a module of what is no script; the check saves a second parse of other broken code. @param {string} source */
const mayBeModule = (source) => /\b(import|export|await)\b/.test(source);

/**
 * @param {string} source
 * @param {"script" | "module"} sourceType
 * @returns {{ tree: Program | null, comments: Comment[], error: SyntaxProblem | null }}
 */
function readAs(source, sourceType) {
  /** @type {Comment[]} */
  const comments = [];
  try {
    const tree = acorn.parse(source, {
      ecmaVersion: "latest",
      sourceType,
      allowReturnOutsideFunction: sourceType === "script",
      allowHashBang: true,
      onComment: comments,
    });
    return { tree, comments: comments.filter((comment) => !isHashbang(source, comment)), error: null };
  } catch (error) {
    return { tree: null, comments: comments.filter((comment) => !isHashbang(source, comment)), error: problem(error, source) };
  }
}

/** @param {string} source @param {Comment} comment */
const isHashbang = (source, comment) => comment.start === 0 && source.startsWith("#!");

/** @param {unknown} thrown @param {string} source @returns {SyntaxProblem} */
function problem(thrown, source) {
  const error = /** @type {{ message: string, pos?: number, loc?: { line: number, column: number } }} */ (thrown);
  // That the parser has no room is nothing wrong with the source.
  if (error.loc === undefined || error.pos === undefined || error.message.startsWith("Not enough stack space")) throw thrown;
  return { message: v8Message(error.message, source, error.pos), line: error.loc.line, column: error.loc.column + 1, offset: error.pos };
}

/** `const require = …` at the top level. @param {any} tree */
function redeclaresCommonJs(tree) {
  return tree.body.some(
    (/** @type {any} */ node) =>
      (node.type === "ClassDeclaration" && COMMONJS_NAMES.has(node.id.name)) ||
      (node.type === "VariableDeclaration" && node.kind !== "var" && node.declarations.some((/** @type {any} */ { id }) => COMMONJS_NAMES.has(id.name))),
  );
}

/** @param {Program} tree */
function usesCommonJs(tree) {
  let found = false;
  const declared = new Set();
  walk(tree, (node, parent, key) => {
    if (node.type !== "Identifier") return;
    const { name } = /** @type {import("acorn").Identifier} */ (node);
    if (!COMMONJS_NAMES.has(name) || isNoVariable(parent, key)) return;
    if (key === "params" || (key === "id" && parent?.type === "VariableDeclarator")) declared.add(name);
    else if (!declared.has(name)) found = true;
  });
  return found;
}

/** @param {Node | null} parent @param {string} key */
function isNoVariable(parent, key) {
  const { computed, shorthand } = /** @type {{ computed?: boolean, shorthand?: boolean }} */ (parent ?? {});
  return key === "label" || (key === "property" && !computed) || (key === "key" && !computed && !shorthand);
}
