// What a source's text tells of an expression's value, without running anything: literals, and names that are declared
// once, initialised with something that tells, and never assigned to. Everything else is unknown (null).

/** @import { Node } from "./call-text.js" */

import { bare } from "./call-text.js";
import { walk } from "./walk.js";

/**
 * @typedef {object} StaticValue
 * @property {"undefined" | "null" | "number" | "string" | "boolean" | "bigint" | "symbol" | "object" | "function"} type
 * @property {string} text as String() gives it; of an object as V8 names it: "#<Object>", "[object Array]"
 * @property {Node} node
 */

/** @param {Node} tree */
export function createStaticValues(tree) {
  const names = declaredOnce(tree);
  const written = writtenProperties(tree);

  /** @param {Node} given @returns {StaticValue | null} */
  function valueOf(given, depth = 0) {
    if (!given || depth > 8) return null;
    const node = bare(given);
    /** @param {StaticValue["type"]} type @param {string} text */
    const found = (type, text) => /** @type {StaticValue} */ ({ type, text, node });
    switch (node.type) {
      case "Literal":
        if (node.regex) return found("object", callString(node));
        if (node.value === null && !node.bigint) return found("null", "null");
        return found(/** @type {any} */ (node.bigint ? "bigint" : typeof node.value), node.bigint ?? String(node.value));
      case "Identifier":
        if (node.name === "undefined") return found("undefined", "undefined");
        if (node.name === "Infinity" || node.name === "NaN") return found("number", node.name);
        return names.has(node.name) ? valueOf(names.get(node.name), depth + 1) : null;
      case "UnaryExpression": {
        if (node.operator === "void") return found("undefined", "undefined");
        const inner = valueOf(node.argument, depth + 1);
        return node.operator === "-" && inner?.type === "number" ? found("number", `-${inner.text}`) : null;
      }
      case "TemplateLiteral":
        return node.expressions.length === 0 ? found("string", node.quasis[0].value.cooked) : null;
      case "ImportNamespaceSpecifier":
        return found("object", "[object Module]");
      case "ObjectExpression":
        return found("object", "#<Object>");
      case "ArrayExpression":
        return found("object", "[object Array]");
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
      case "ClassDeclaration":
      case "ClassExpression":
        return found("function", "");
      case "MemberExpression": {
        if (node.object.name === "Symbol" && !node.computed) return found("symbol", `Symbol(Symbol.${node.property.name})`);
        const holder = node.computed ? null : valueOf(node.object, depth + 1);
        const property = holder?.node.properties?.find((/** @type {Node} */ { key }) => key?.name === node.property.name);
        const value = property ? valueOf(property.value, depth + 1) : null;
        return value?.type === "function" || !written.has(node.property.name) ? value : null;
      }
      case "NewExpression":
        return node.callee.type === "Identifier" ? found("object", node.callee.name === "Array" ? "[object Array]" : `#<${node.callee.name}>`) : null;
      case "CallExpression": {
        const { object, property } = node.callee;
        if (node.callee.name === "Symbol") {
          const description = node.arguments.length === 0 ? UNDEFINED : node.arguments[0];
          const text = valueOf(description, depth + 1);
          return text && found("symbol", `Symbol(${text.type === "undefined" ? "" : text.text})`);
        }
        if (object?.name !== "Object" || !/^(freeze|seal|preventExtensions|definePropert(y|ies)|create)$/.test(property?.name)) return null;
        if (property.name === "create") return found("object", "#<Object>");
        return valueOf(node.arguments[0], depth + 1);
      }
      default:
        return null;
    }
  }
  return valueOf;
}

/** @param {Node} node */
const callString = (node) => `/${node.regex.pattern}/${node.regex.flags}`;

/** Name to what it holds for good; `undefined` stands for a declaration that gives no value. @param {Node} tree @returns {Map<string, Node>} */
function declaredOnce(tree) {
  /** @type {Map<string, Node>} */
  const names = new Map();
  const changing = new Set();
  /** @param {Node} id @param {Node | null} value */
  const declare = (id, value) => {
    if (id?.type !== "Identifier") return;
    if (names.has(id.name) || value === null) changing.add(id.name);
    else names.set(id.name, value);
  };
  walk(tree, (/** @type {Node} */ node) => {
    if (node.type === "VariableDeclarator") declare(node.id, node.init ?? UNDEFINED);
    else if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") declare(node.id, node);
    else if (node.type === "ImportNamespaceSpecifier") declare(node.local, node);
    else if (node.type === "AssignmentExpression") declare(node.left, null);
    else if (node.type === "UpdateExpression") declare(node.argument, null);
    else if (/^For(In|Of)Statement$/.test(node.type)) for (const { id } of node.left.declarations ?? []) declare(id, null);
    for (const param of node.params ?? []) declare(param, null);
  });
  for (const name of changing) names.delete(name);
  return names;
}

/** Names of the properties that something is written to. @param {Node} tree @returns {Set<string>} */
function writtenProperties(tree) {
  const names = new Set();
  walk(tree, (/** @type {Node} */ { type, left, argument, operator }) => {
    const target = type === "AssignmentExpression" ? left : type === "UpdateExpression" || operator === "delete" ? argument : null;
    const { property } = bare(target) ?? {};
    if (property) names.add(property.name ?? property.value);
  });
  return names;
}

const UNDEFINED = { type: "Identifier", name: "undefined" };
