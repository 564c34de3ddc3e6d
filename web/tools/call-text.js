// An expression as V8 writes it in its messages: `o.m(...).x`, `(intermediate value)`. Follows V8's CallPrinter.
// The recorder's calls, which the author did not write, are left out.

/** @typedef {any} Node acorn's, of every type */

const UNNAMED = "(intermediate value)";

/** What an expression is when neither the recorder's call nor brackets stand around it. @param {Node} node @returns {Node} */
export function bare(node) {
  if (node?.type === "ChainExpression" || node?.type === "ParenthesizedExpression") return bare(node.expression);
  if (isRecorderCall(node)) {
    const last = node.arguments.at(-1);
    return bare(last.type === "ArrowFunctionExpression" ? last.body : last);
  }
  return node;
}

/** @param {Node} node */
const isRecorderCall = (node) =>
  node?.type === "CallExpression" && node.callee.object?.name === "__galley" && ["value", "back", "guard"].includes(node.callee.property.name);

/** @param {Node} given @returns {string} */
export function callText(given) {
  const node = bare(given);
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "PrivateIdentifier":
      return `#${node.name}`;
    case "ThisExpression":
      return "this";
    case "Literal":
      return literalText(node);
    case "MemberExpression":
      return memberText(node);
    case "CallExpression":
      return `${callText(node.callee)}(...)`;
    case "ArrayExpression":
      return `[${node.elements.map((/** @type {Node} */ item) => (item === null ? "" : callText(item))).join(",")}]`;
    case "ObjectExpression":
      return `{${node.properties.map((/** @type {Node} */ { value }) => (value && !isPlain(value) ? callText(value) : UNNAMED)).join("")}}`;
    case "SpreadElement":
      return `(...${callText(node.argument)})`;
    case "UnaryExpression":
      return `(${node.operator}${/\w/.test(node.operator) ? " " : ""}${callText(node.argument)})`;
    case "BinaryExpression":
    case "LogicalExpression":
      return `(${operands(node, node.operator).join(` ${node.operator} `)})`;
    case "SequenceExpression":
      return `(${node.expressions.map(callText).join(" , ")})`;
    case "ConditionalExpression":
      return UNNAMED.repeat(3);
    case "AssignmentExpression":
      return callText(node.right) === UNNAMED || node.left.type !== "Identifier" ? UNNAMED : node.left.name;
    case "TemplateLiteral":
      return node.expressions.map(callText).join("") || JSON.stringify(node.quasis[0].value.cooked);
    default:
      return UNNAMED;
  }
}

/** V8 does not write an object's constant values out. @param {Node} node */
const isPlain = ({ type }) => type === "Literal";

/** @param {Node} node */
function literalText(node) {
  if (node.regex) return `/${node.regex.pattern}/${node.regex.flags}`;
  return typeof node.value === "string" ? `"${node.value}"` : String(node.value);
}

/** @param {Node} node */
function memberText({ object, property, computed, optional }) {
  const before = object.type === "Super" ? UNNAMED : callText(object);
  if (property.type === "PrivateIdentifier") return `${before}[#${property.name}]`;
  const isName = !computed || (property.type === "Literal" && typeof property.value === "string");
  if (isName) return `${before}${optional ? "?." : "."}${computed ? property.value : property.name}`;
  return `${before}${optional ? "?." : ""}[${callText(property)}]`;
}

/** `a + b + c` is one operation with three operands to V8. @param {Node} node @param {string} operator @returns {string[]} */
function operands(node, operator) {
  const left = bare(node.left);
  const isSame = left.operator === operator && left.type === node.type && operator !== "**";
  return [...(isSame ? operands(left, operator) : [callText(left)]), callText(node.right)];
}
