// What is believed of operators and of the values that they give.

/** @import { Belief } from "../misconceptions.js" */
/** @import { Source } from "./source.js" */

/** @type {Belief[]} */
export const operators = [
  {
    name: "typeof-null-is-null",
    why: "`typeof null` is \"object\": a mistake of the first days, which too many programs rely on by now.",
    change: (source) => typeofAs(source, "v === null ? 'null'"),
  },
  {
    name: "typeof-array-is-array",
    why: "To `typeof` an array is an \"object\"; `Array.isArray` tells it apart.",
    change: (source) => typeofAs(source, "Array.isArray(v) ? 'array'"),
  },
  {
    name: "loose-is-strict",
    why: "That would be so with `===`; `==` converts values of different types before it compares them.",
    change: (source) => swap(source, "BinaryExpression", { "==": "===", "!=": "!==" }),
  },
  {
    name: "strict-is-loose",
    why: "That would be so with `==`, which converts; to `===` values of different types are different.",
    change: (source) => swap(source, "BinaryExpression", { "===": "==", "!==": "!=" }),
  },
  {
    name: "or-is-for-nothing-only",
    why: "That would be so with `??`; `||` also passes over `0`, `''`, `false` and `NaN`.",
    change: (source) => swap(source, "LogicalExpression", { "||": "??" }),
  },
  {
    name: "nullish-is-falsy",
    why: "That would be so with `||`; `??` passes over `null` and `undefined` alone.",
    change: (source) => swap(source, "LogicalExpression", { "??": "||" }),
  },
  {
    name: "comparisons-chain",
    why: "The first comparison gives `true` or `false`, and that is compared with the rest.",
    change(source) {
      const compares = (/** @type {any} */ node) => node.type === "BinaryExpression" && /^[<>]=?$/.test(node.operator);
      for (const node of source.all("BinaryExpression")) {
        const { left } = node;
        if (compares(node) && compares(left)) source.replace(node.start, node.end, `(${source.of(left)} && ${source.of(left.right)} ${node.operator} ${source.of(node.right)})`);
      }
    },
  },
  {
    name: "nan-equals-itself",
    why: "`NaN` is equal to nothing, not even to itself; `Number.isNaN` finds it.",
    change(source) {
      for (const node of source.all("BinaryExpression")) {
        const other = node.right.name === "NaN" ? node.left : node.left.name === "NaN" ? node.right : null;
        if (other && /^[!=]==?$/.test(node.operator)) source.replace(node.start, node.end, `(${node.operator.startsWith("!") ? "!" : ""}Number.isNaN(${source.of(other)}))`);
      }
    },
  },
  {
    name: "plus-adds-texts",
    why: "That would be so if `+` made numbers of texts; with one text among them it joins both as texts.",
    change: (source) => calculateAs(source, ["+"], "typeof a !== typeof b && a !== '' && b !== '' && !isNaN(a) && !isNaN(b) ? +a + +b : a + b"),
  },
  {
    name: "minus-refuses-texts",
    why: "`-`, `*` and `/` make numbers of texts; only `+` joins them.",
    change: (source) => calculateAs(source, ["-", "*", "/"], "typeof a === 'string' || typeof b === 'string' ? NaN : a OP b"),
  },
  {
    name: "numbers-are-decimal",
    why: "That would be so if numbers were decimal; they are binary fractions, and hardly any decimal fraction is one of them.",
    change: (source) => calculateAs(source, ["+", "-", "*", "/"], "((v) => typeof v === 'number' && Number.isFinite(v) ? Number(v.toPrecision(12)) : v)(a OP b)"),
  },
  {
    name: "postfix-is-prefix",
    why: "That would be so with the operator in front; behind, it gives the value from before.",
    change: (source) => update(source, false),
  },
  {
    name: "prefix-is-postfix",
    why: "That would be so with the operator behind; in front, it gives the new value.",
    change: (source) => update(source, true),
  },
  {
    name: "empty-is-falsy",
    why: "Every object is truthy, an empty array and an empty object too.",
    change(source) {
      const truth = "((v) => Array.isArray(v) ? v.length > 0 : v !== null && typeof v === 'object' && Object.getPrototypeOf(v) === Object.prototype ? Object.keys(v).length > 0 : v)(";
      for (const node of source.all("IfStatement", "ConditionalExpression", "WhileStatement")) source.wrap(node.test, truth, ")");
      for (const node of source.all("UnaryExpression")) if (node.operator === "!") source.wrap(node.argument, truth, ")");
      for (const node of source.all("CallExpression")) if (node.callee.name === "Boolean" && node.arguments[0]) source.wrap(node.arguments[0], truth, ")");
    },
  },
];

/** @param {Source} source @param {string} otherwise */
function typeofAs(source, otherwise) {
  for (const node of source.all("UnaryExpression")) {
    if (node.operator !== "typeof" || node.argument.type === "Identifier" && source.uses(node.argument.name).length === 0) continue;
    source.replace(node.start, node.start + "typeof".length, `((v) => ${otherwise} : typeof v)(`);
    source.insert(node.end, ")");
  }
}

/** @param {Source} source @param {string} type @param {Record<string, string>} operators */
function swap(source, type, operators) {
  for (const node of source.all(type)) {
    if (!Object.hasOwn(operators, node.operator)) continue;
    const at = source.operatorAt(node.left, node.operator);
    source.replace(at, at + node.operator.length, operators[node.operator]);
  }
}

/** @param {Source} source @param {string[]} operators @param {string} formula of `a OP b` */
function calculateAs(source, operators, formula) {
  for (const node of source.all("BinaryExpression")) {
    if (!operators.includes(node.operator)) continue;
    const at = source.operatorAt(node.left, node.operator);
    source.wrap(node, `((a, b) => ${formula.replaceAll("OP", node.operator)})(`, ")");
    source.replace(at, at + 1, ",");
  }
}

/** Where the value is used. @param {Source} source @param {boolean} prefix */
function update(source, prefix) {
  for (const node of source.all("UpdateExpression")) {
    const isUsed = source.parent(node).type !== "ExpressionStatement" && source.key(node) !== "update";
    const name = source.of(node.argument);
    if (node.prefix === prefix && isUsed) source.replace(node.start, node.end, prefix ? `${name}${node.operator}` : `${node.operator}${name}`);
  }
}
