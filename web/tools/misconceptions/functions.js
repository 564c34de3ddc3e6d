// What is believed of calls: of what a function is handed, of what it sees, of `this`.

/** @import { Belief } from "../misconceptions.js" */
/** @import { Source } from "./source.js" */

import { COPY, isCallOf, isFunction } from "./source.js";

/** @type {Belief[]} */
export const functions = [
  {
    name: "default-is-shared",
    why: "That would be so if a default were made once for all calls; it is made anew at each call that needs it.",
    change(source) {
      for (const node of source.all("AssignmentPattern")) {
        if (source.key(node) !== "params" || !/^(Object|Array)Expression$/.test(node.right.type)) continue;
        source.wrap(node.right, `(globalThis.__galleyDefault${node.start} ??= `, ")");
      }
    },
  },
  {
    name: "parameter-is-the-variable",
    why: "That would be so if the function were handed the variable itself; it is handed the value, and a new value for the parameter is nothing to the caller.",
    change(source) {
      for (const made of source.all("FunctionDeclaration")) {
        made.params.forEach((/** @type {any} */ parameter, /** @type {number} */ index) => reachCaller(source, made, parameter, index));
      }
    },
  },
  {
    name: "argument-is-copied",
    why: "That would be so if an object were copied when it is handed over; the function gets the same object, and what it changes there is changed for everybody.",
    change(source) {
      for (const node of source.all("FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression")) {
        if (node.body.type !== "BlockStatement") continue;
        const names = node.params.filter((/** @type {any} */ { type }) => type === "Identifier").map((/** @type {any} */ { name }) => name);
        const changed = names.filter((/** @type {string} */ name) => source.within(node.body).some((inner) => changes(source, inner, name)));
        if (changed.length > 0) source.insert(source.bodyStart(node.body), changed.map((/** @type {string} */ name) => ` ${name} = ${COPY}(${name});`).join(""));
      }
    },
  },
  {
    name: "closure-keeps-the-value",
    why: "That would be so if a function took along the values that it finds; it sees the variables themselves, with what they hold when it is called.",
    change(source) {
      const variables = assignedVariables(source);
      for (const node of source.all("FunctionExpression", "ArrowFunctionExpression")) {
        const parent = source.parent(node);
        if (/^(MethodDefinition|PropertyDefinition)$/.test(parent.type) || (parent.type === "Property" && (parent.method || parent.kind !== "init")) || source.key(node) === "callee") continue;
        const inner = new Set(source.within(node));
        const own = (/** @type {string} */ name) => source.all("Identifier").some((id) => id.name === name && inner.has(id) && source.isDeclared(id));
        const kept = variables.filter((name) => !own(name) && source.uses(name).some((use) => inner.has(use)));
        if (kept.length > 0) source.wrap(node, `((${kept.join(", ")}) => `, `)(${kept.join(", ")})`);
      }
    },
  },
  {
    name: "this-goes-along",
    why: "That would be so if a function remembered the object that it was taken from; `this` is what stands before the dot of the call, and here nothing does.",
    change(source) {
      for (const node of source.all("MemberExpression")) {
        const key = source.key(node);
        const isValue = key === "arguments" || key === "init" || (key === "right" && source.parent(node).type === "AssignmentExpression") || (key === "value" && source.parent(node).type === "Property");
        if (!isValue || node.computed || node.optional || node.object.type === "Super" || node.property.type !== "Identifier") continue;
        source.insert(node.start, "((o, k) => typeof o[k] === 'function' ? o[k].bind(o) : o[k])(");
        source.replace(node.object.end, node.end, `, '${node.property.name}')`);
      }
      for (const node of source.all("FunctionExpression")) {
        if (source.key(node) === "arguments" && source.hasOwnThis(node) && usesThis(source, node)) source.wrap(node, "(", ").bind(this)");
      }
    },
  },
  {
    name: "arrow-has-this",
    why: "An arrow function has no `this` of its own: it is that of the code around it, not the object before the dot.",
    change(source) {
      for (const node of source.all("ArrowFunctionExpression")) {
        if (source.parent(node).type !== "Property" || source.key(node) !== "value" || !usesThis(source, node)) continue;
        const parameters = node.params.map((/** @type {any} */ parameter) => source.of(parameter)).join(", ");
        const body = node.body.type === "BlockStatement" ? source.of(node.body) : `{ return (${source.of(node.body)}); }`;
        source.replace(node.start, node.end, `${node.async ? "async " : ""}function (${parameters}) ${body}`);
      }
    },
  },
  {
    name: "braces-give-a-value",
    why: "With braces around its body an arrow function gives `undefined`, unless there is a `return`.",
    change(source) {
      for (const node of source.all("ArrowFunctionExpression")) {
        const [only, more] = node.body.body ?? [];
        if (node.body.type !== "BlockStatement" || more || !/^(ExpressionStatement|LabeledStatement)$/.test(only?.type)) continue;
        if (only.type === "ExpressionStatement" && !isPrint(only.expression)) source.insert(only.start, "return ");
        // `() => { name: value }` is a block with a label.
        if (only.type === "LabeledStatement") source.wrap(node.body, "(", ")");
      }
    },
  },
  {
    name: "map-hands-over-items-only",
    why: "`map` hands over the index too, and `parseInt` takes it for the base of the number.",
    change(source) {
      for (const node of source.all("CallExpression")) {
        const [callback] = node.arguments;
        const isParseInt = callback?.name === "parseInt" || (callback?.type === "MemberExpression" && callback.property.name === "parseInt");
        if (isCallOf(node, "map") && isParseInt) source.wrap(callback, "((item) => ", "(item))");
      }
    },
  },
];

/** What the function assigns to the parameter, the variable gets that a statement hands over. @param {Source} source @param {any} made @param {any} parameter @param {number} index */
function reachCaller(source, made, parameter, index) {
  if (parameter.type !== "Identifier") return;
  const kept = `globalThis.__galleyGiven${parameter.start}`;
  const inner = new Set(source.within(made.body));
  const calls = source.all("ExpressionStatement").filter(({ expression }) => {
    const handed = expression.type === "CallExpression" && expression.callee.name === made.id?.name ? expression.arguments[index] : null;
    return handed?.type === "Identifier" && source.declarators(handed.name).length === 1;
  });
  const assignments = source.all("AssignmentExpression", "UpdateExpression").filter((node) => inner.has(node) && (node.left ?? node.argument).name === parameter.name);
  if (calls.length === 0 || assignments.length === 0) return;
  for (const node of assignments) {
    if (node.type === "AssignmentExpression") source.wrap(node, `(${kept} = (`, "))");
    else source.wrap(node, "(", `, ${kept} = ${parameter.name})`);
  }
  for (const statement of calls) {
    const name = statement.expression.arguments[index].name;
    source.makeAssignable(name);
    source.wrap(statement, `{ delete ${kept}; `, ` if ("${kept.slice("globalThis.".length)}" in globalThis) ${name} = ${kept}; }`);
  }
}

const CHANGING = ["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill"];

/** The node changes what the variable holds, without assigning to the variable. @param {Source} source @param {any} node @param {string} name */
function changes(source, node, name) {
  const isOfIt = (/** @type {any} */ target) => target?.type === "MemberExpression" && target.object.name === name;
  if (node.type === "AssignmentExpression") return isOfIt(node.left);
  if (node.type === "UpdateExpression" || (node.type === "UnaryExpression" && node.operator === "delete")) return isOfIt(node.argument);
  return isCallOf(node, ...CHANGING) && node.callee.object.name === name;
}

/** The names of `let` and `var` that are assigned again somewhere, or by a loop. @param {Source} source */
function assignedVariables(source) {
  const assigned = new Set([
    ...source.all("AssignmentExpression").map(({ left }) => left.name),
    ...source.all("UpdateExpression").map(({ argument }) => argument.name),
  ]);
  const declared = source.all("VariableDeclarator").filter((node) => source.parent(node).kind !== "const" && node.id.type === "Identifier");
  return [...new Set(declared.map(({ id }) => id.name))].filter((name) => assigned.has(name));
}

/** In the function itself, or in arrow functions there. @param {Source} source @param {any} made */
function usesThis(source, made) {
  return source.within(made.body).some((node) => {
    if (node.type !== "ThisExpression") return false;
    const around = source.around(node).find((outer) => isFunction(outer) && (outer.type !== "ArrowFunctionExpression" || outer === made));
    return around === made;
  });
}

/** @param {any} node */
const isPrint = (node) => node.type === "CallExpression" && node.callee.type === "MemberExpression" && node.callee.object.name === "console";
