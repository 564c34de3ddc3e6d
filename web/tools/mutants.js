// Small changes of a solution that its tests should notice: an operator, a literal, a condition, a statement at a time.
// A line with the comment `mutant-ok`, or below one that has nothing else, is left as it is.

/** @import { Node, Program } from "acorn" */
/** @import { Comment, Mutant, MutantKind } from "../protocol.d.ts" */

import { walk } from "./walk.js";

/** @type {Record<string, [MutantKind, string]>} */
const BINARY = {
  "+": ["arithmetic", "-"],
  "-": ["arithmetic", "+"],
  "*": ["arithmetic", "/"],
  "/": ["arithmetic", "*"],
  "%": ["arithmetic", "*"],
  "<": ["comparison", "<="],
  "<=": ["comparison", "<"],
  ">": ["comparison", ">="],
  ">=": ["comparison", ">"],
  "===": ["equality", "!=="],
  "!==": ["equality", "==="],
  "==": ["equality", "!="],
  "!=": ["equality", "=="],
  "&&": ["logical", "||"],
  "||": ["logical", "&&"],
  "??": ["logical", "&&"],
};
/** @type {Record<string, string>} */
const ASSIGNMENTS = { "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "&&=": "||=", "||=": "&&=", "??=": "&&=" };
const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/**
 * @param {string} source
 * @param {Program} tree
 * @param {Comment[]} comments
 * @returns {Mutant[]} in the order of the source
 */
export function mutants(source, tree, comments) {
  /** @type {Mutant[]} */
  const found = [];
  const blank = withoutComments(source, comments);
  const kept = keptLines(source, comments);

  /** @param {MutantKind} kind @param {Node} whole what a reader is shown @param {number} start @param {number} end @param {string} text */
  const add = (kind, whole, start, end, text) => {
    // `return!x` is no `returnx`.
    const joins = /\w/.test(source.slice(Math.max(start - 1, 0), start)) && /^\w/.test(text || source.slice(end, end + 1));
    found.push({ kind, start, end, text: joins ? ` ${text}` : text, wholeStart: whole.start, wholeEnd: whole.end });
  };
  /** @param {MutantKind} kind @param {any} node @param {number} from behind which the operator stands @param {string} text */
  const swap = (kind, node, from, text) => {
    const start = blank.indexOf(node.operator, from);
    add(kind, node, start, start + node.operator.length, text);
  };
  /** @param {Node} test @param {boolean[]} values */
  const decide = (test, values) => {
    for (const value of values) if (source.slice(test.start, test.end) !== String(value)) add("condition", test, test.start, test.end, String(value));
  };

  walk(tree, (plain, parent, key) => {
    const node = /** @type {any} */ (plain);
    switch (node.type) {
      case "BinaryExpression":
      case "LogicalExpression": {
        const other = Object.hasOwn(BINARY, node.operator) ? BINARY[node.operator] : undefined;
        if (other && !(node.operator === "+" && isText(node)) && !isMixed(node, parent)) swap(other[0], node, node.left.end, other[1]);
        break;
      }
      case "AssignmentExpression":
        if (Object.hasOwn(ASSIGNMENTS, node.operator) && !(node.operator === "+=" && isText(node.right))) swap("assignment", node, node.left.end, ASSIGNMENTS[node.operator]);
        break;
      case "UpdateExpression":
        swap("update", node, node.prefix ? node.start : node.argument.end, node.operator === "++" ? "--" : "++");
        break;
      case "UnaryExpression":
        if (node.operator === "!") add("negation", node, node.start, node.start + 1, "");
        break;
      case "SpreadElement":
        // Without its dots it is a value only where a list of values stands.
        if (parent?.type !== "ObjectExpression") add("spread", node, node.start, node.start + 3, "");
        break;
      case "Literal":
        if (typeof node.value === "number") add("number", node, node.start, node.end, String(node.value + 1));
        if (typeof node.value === "boolean") add("boolean", node, node.start, node.end, String(!node.value));
        if (typeof node.value === "string" && isValue(node, /** @type {any} */ (parent), key)) add("string", node, node.start, node.end, node.value === "" ? '"mutant"' : '""');
        break;
      case "TemplateLiteral":
        if (parent?.type !== "TaggedTemplateExpression") add("string", node, node.start, node.end, source.slice(node.start, node.end) === "``" ? '"mutant"' : '""');
        break;
      case "IfStatement":
      case "ConditionalExpression":
        decide(node.test, [true, false]);
        break;
      case "WhileStatement":
      case "DoWhileStatement":
        decide(node.test, [false]);
        break;
      case "ReturnStatement":
        if (node.argument !== null && !isUndefined(node.argument)) add("return", node, node.argument.start, node.argument.end, "undefined");
        if (node.argument === null && isListed(parent)) add("statement", node, node.start, node.end, ";");
        break;
      case "ExpressionStatement":
        if (node.directive === undefined && node.expression.type !== "UpdateExpression") add("statement", node, node.start, node.end, ";");
        break;
      case "ThrowStatement":
        add("statement", node, node.start, node.end, ";");
        break;
      case "BreakStatement":
      case "ContinueStatement":
        if (parent?.type !== "SwitchCase" || node.label) add("statement", node, node.start, node.end, ";");
        break;
    }
    // An arrow function's value.
    if (FUNCTIONS.has(node.type) && node.expression && !isUndefined(node.body) && node.body.type !== "Literal") {
      const [start, end] = withParentheses(blank, node.body, node.end);
      add("return", node, start, end, "undefined");
    }
  });
  // `if (true)` holds a literal and a condition.
  const different = new Map(found.map((mutant) => [`${mutant.start} ${mutant.end} ${mutant.text}`, mutant]));
  return [...different.values()]
    .filter(({ start }) => !kept.has(lineOf(source, start)))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Minus would make a number of it, whatever the tests. @param {any} node @returns {boolean} */
const isText = (node) =>
  (node.type === "Literal" && typeof node.value === "string") || node.type === "TemplateLiteral" || (node.type === "BinaryExpression" && node.operator === "+" && (isText(node.left) || isText(node.right)));

/** `??` beside `&&` does not parse. @param {any} node @param {any} parent */
const isMixed = (node, parent) => node.operator === "??" && [parent, node.left, node.right].some((near) => near?.operator === "??");

/** @param {any} node */
const isUndefined = (node) => (node.type === "Identifier" && node.name === "undefined") || (node.type === "UnaryExpression" && node.operator === "void");

/** @param {Node | null} parent */
const isListed = (parent) => parent !== null && parent.type !== "WithStatement";

/** A text that is no directive, no name of a property and no module's name. @param {any} node @param {any} parent @param {string} key */
function isValue(node, parent, key) {
  if (parent.type === "ExpressionStatement" || key === "source" || key === "exported" || key === "imported") return false;
  if (key === "key" && !parent.computed) return false;
  return !(parent.type === "ImportExpression" || parent.type === "ImportAttribute" || (parent.type === "CallExpression" && parent.callee.type === "Identifier" && parent.callee.name === "require"));
}

/** The body of an arrow function with the parentheses around it. @param {string} blank @param {Node} body @param {number} end @returns {[number, number]} */
function withParentheses(blank, body, end) {
  let start = body.start;
  while (/[\s(]/.test(blank[start - 1])) start--;
  while (/\s/.test(blank[start])) start++;
  return [start, end];
}

/** @param {string} source @param {Comment[]} comments */
function withoutComments(source, comments) {
  let blank = "";
  let done = 0;
  for (const { start, end } of comments) {
    blank += source.slice(done, start) + " ".repeat(end - start);
    done = end;
  }
  return blank + source.slice(done);
}

/** The lines that are not to be changed. @param {string} source @param {Comment[]} comments */
function keptLines(source, comments) {
  const lines = new Set();
  for (const { start, end, text } of comments) {
    if (!/\bmutant-ok\b/.test(text)) continue;
    const before = source.slice(source.lastIndexOf("\n", start - 1) + 1, start);
    lines.add(before.trim() === "" ? lineOf(source, end) + 1 : lineOf(source, start));
  }
  return lines;
}

/** From 0. @param {string} source @param {number} offset */
function lineOf(source, offset) {
  let line = 0;
  for (let at = source.indexOf("\n"); at !== -1 && at < offset; at = source.indexOf("\n", at + 1)) line++;
  return line;
}
