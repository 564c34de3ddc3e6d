// What is believed of objects and arrays: of what is shared, of what a method changes and what it gives.

/** @import { Belief } from "../misconceptions.js" */

import { COPY, DEEP_COPY, isCallOf, isMember } from "./source.js";

/** Of arrays and texts: they give a new value and leave the old one as it was. */
const GIVING = ["concat", "slice", "map", "filter", "toSorted", "toReversed", "with", "toUpperCase", "toLowerCase", "trim", "replace", "replaceAll", "padStart", "padEnd", "repeat"];

/** @type {Belief[]} */
export const objects = [
  {
    name: "copy-is-deep",
    why: "That would be so if the copy went all the way down; it is one level deep, and what lies inside is shared.",
    change(source) {
      for (const node of source.all("SpreadElement", "CallExpression")) {
        if (node.type === "SpreadElement" && source.parent(node).type !== "CallExpression") source.wrap(node.argument, `${DEEP_COPY}(`, ")");
        else if (isMember(node.callee, "Object", "assign") && node.arguments[1]) source.wrap(node.arguments[1], `${DEEP_COPY}(`, ")");
        else if (isCallOf(node, "slice") && node.arguments.length === 0) source.wrap(node, `${DEEP_COPY}(`, ")");
        else if (isMember(node.callee, "Array", "from") && node.arguments.length === 1) source.wrap(node, `${DEEP_COPY}(`, ")");
      }
    },
  },
  {
    name: "spread-shares",
    why: "A spread makes a new object: what is changed in the copy does not show in the original.",
    change(source) {
      for (const node of source.all("ObjectExpression", "ArrayExpression")) {
        const [only, more] = node.properties ?? node.elements;
        if (only?.type === "SpreadElement" && !more) source.replace(node.start, node.end, `(${source.of(only.argument)})`);
      }
    },
  },
  {
    name: "assignment-copies",
    why: "That would be so if an assignment copied the object; both names stand for one and the same.",
    change(source) {
      const isNamed = (/** @type {any} */ value) => value?.type === "Identifier" || value?.type === "MemberExpression";
      for (const node of source.all("VariableDeclarator")) if (isNamed(node.init)) source.wrap(node.init, `${COPY}(`, ")");
      for (const node of source.all("AssignmentExpression")) {
        const exported = /^(module\.)?exports\b/.test(source.of(node.left));
        if (node.operator === "=" && isNamed(node.right) && !exported) source.wrap(node.right, `${COPY}(`, ")");
      }
      for (const node of source.all("Property")) {
        if (isNamed(node.value) && source.parent(node).type === "ObjectExpression" && !node.shorthand) source.wrap(node.value, `${COPY}(`, ")");
      }
    },
  },
  {
    name: "sort-is-by-number",
    why: "Without a function `sort` compares the items as texts, and the text \"10\" comes before \"9\".",
    change(source) {
      for (const node of source.all("CallExpression")) {
        if (isCallOf(node, "sort", "toSorted") && node.arguments.length === 0) source.insert(node.end - 1, "(a, b) => (a > b ? 1 : a < b ? -1 : 0)");
      }
    },
  },
  {
    name: "sort-leaves-the-array",
    why: "`sort` and `reverse` change the array itself, and give that very array.",
    change(source) {
      for (const node of source.all("CallExpression")) if (isCallOf(node, "sort", "reverse")) source.wrap(node.callee.object, "[...(", ")]");
    },
  },
  {
    name: "method-changes-in-place",
    why: "That would be so if the method changed what it is called on; it gives a new value and leaves the old one as it was.",
    change(source) {
      for (const node of source.all("ExpressionStatement")) {
        const call = node.expression;
        if (!isCallOf(call, ...GIVING) || call.callee.object.type !== "Identifier" || source.declarators(call.callee.object.name).length === 0) continue;
        source.insert(node.start, `${call.callee.object.name} = `);
        source.makeAssignable(call.callee.object.name);
      }
    },
  },
  {
    name: "push-gives-the-array",
    why: "`push` and `unshift` give the new length, not the array.",
    change(source) {
      for (const node of source.all("CallExpression")) {
        const isUsed = source.parent(node).type !== "ExpressionStatement";
        if (isCallOf(node, "push", "unshift") && isUsed && node.callee.object.type === "Identifier") source.wrap(node, "(", `, ${node.callee.object.name})`);
      }
    },
  },
  {
    name: "length-counts-the-items",
    why: "`length` is one more than the highest index: it counts holes too.",
    change(source) {
      for (const node of source.all("MemberExpression")) {
        const isRead = source.key(node) !== "left" && source.parent(node).type !== "UpdateExpression";
        if (node.computed || node.optional || node.property.name !== "length" || !isRead) continue;
        source.insert(node.start, "((v) => Array.isArray(v) ? v.filter(() => true).length : v.length)(");
        source.replace(node.object.end, node.end, ")");
      }
    },
  },
  {
    name: "delete-closes-the-gap",
    why: "`delete` leaves a hole: the items behind it stay where they are, and `length` stays too.",
    change(source) {
      for (const node of source.all("UnaryExpression")) {
        const { argument } = node;
        if (node.operator !== "delete" || argument.type !== "MemberExpression" || !argument.computed) continue;
        const [object, key] = [source.of(argument.object), source.of(argument.property)];
        source.replace(node.start, node.end, `((o, k) => Array.isArray(o) ? (o.splice(k, 1), true) : delete o[k])(${object}, ${key})`);
      }
    },
  },
  {
    name: "equal-by-content",
    why: "An object is equal to itself alone, whatever another one holds.",
    change(source) {
      const same = "((a, b) => a === b || (a !== null && b !== null && typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b)))(";
      for (const node of source.all("BinaryExpression")) {
        if (!/^[!=]==?$/.test(node.operator)) continue;
        const at = source.operatorAt(node.left, node.operator);
        source.wrap(node, `${node.operator.startsWith("!") ? "!" : ""}${same}`, ")");
        source.replace(at, at + node.operator.length, ",");
      }
    },
  },
];
