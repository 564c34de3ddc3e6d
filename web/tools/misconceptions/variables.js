// What is believed of `var`, `let` and `const`, and of where names are known.

/** @import { Belief } from "../misconceptions.js" */

import { isFunction } from "./source.js";

/** The declaration is the head of a loop. @param {import("./source.js").Source} source @param {any} node */
const isHead = (source, node) => /^For/.test(source.parent(node)?.type) && ["init", "left"].includes(source.key(node));

/** The declaration stands in a block that is no function's. @param {import("./source.js").Source} source @param {any} node */
const isInBlock = (source, node) => source.parent(node)?.type === "BlockStatement" && !isFunction(source.parent(source.parent(node)));

/** @param {import("./source.js").Source} source @param {any} declaration @param {string} kind */
const declareAs = (source, declaration, kind) => source.replace(declaration.start, declaration.start + declaration.kind.length, kind);

/** @type {Belief[]} */
export const variables = [
  {
    name: "let-in-loop-is-var",
    why: "That would be so with `var`, of which there is one for all rounds of a loop; `let` makes a new variable for each round.",
    change(source) {
      for (const node of source.all("VariableDeclaration")) if (node.kind !== "var" && isHead(source, node)) declareAs(source, node, "var");
    },
  },
  {
    name: "var-is-let",
    why: "That would be so with `let`, which belongs to its block and to one round of its loop; a `var` belongs to the whole function, and all rounds share it.",
    change(source) {
      for (const node of source.all("VariableDeclaration")) if (node.kind === "var" && (isHead(source, node) || isInBlock(source, node))) declareAs(source, node, "let");
    },
  },
  {
    name: "var-is-not-hoisted",
    why: "That would be so with `let`, which can't be touched before its line; a `var` is there from the beginning of its function, as `undefined`.",
    change(source) {
      for (const node of source.all("VariableDeclaration")) if (node.kind === "var" && !isHead(source, node) && !isInBlock(source, node)) declareAs(source, node, "let");
    },
  },
  {
    name: "let-is-var",
    why: "That would be so with `var`, which knows no blocks; `let` and `const` belong to their block, and there from their own line on.",
    change(source) {
      for (const node of source.all("VariableDeclaration")) if (node.kind !== "var" && !isHead(source, node)) declareAs(source, node, "var");
    },
  },
  {
    name: "const-freezes",
    why: "`const` keeps the name from being assigned again; the object itself can change as any other.",
    change(source) {
      for (const node of source.all("VariableDeclarator")) {
        if (source.parent(node).kind === "const" && /^(Object|Array)Expression$/.test(node.init?.type)) source.wrap(node.init, "Object.freeze(", ")");
      }
    },
  },
  {
    name: "const-can-be-assigned",
    why: "A name that is declared with `const` can't be assigned again: that throws.",
    change(source) {
      const assigned = new Set([...source.all("AssignmentExpression").map(({ left }) => left.name), ...source.all("UpdateExpression").map(({ argument }) => argument.name)]);
      for (const node of source.all("VariableDeclaration")) {
        if (node.kind === "const" && node.declarations.some((/** @type {any} */ { id }) => assigned.has(id.name))) declareAs(source, node, "let");
      }
    },
  },
  {
    name: "function-is-not-hoisted",
    why: "A function declaration is hoisted whole: it can be called above its line.",
    change(source) {
      for (const node of source.all("FunctionDeclaration")) {
        if (node.id && source.parent(node).type !== "ExportDefaultDeclaration" && source.parent(node).type !== "LabeledStatement") source.wrap(node, `const ${node.id.name} = `, ";");
      }
    },
  },
  {
    name: "function-value-is-hoisted",
    why: "Only a function declaration is hoisted whole; a function that is assigned to a name is there when its line has run.",
    change(source) {
      for (const node of source.all("VariableDeclaration")) {
        const [only, more] = node.declarations;
        const init = only.init;
        if (more || only.id.type !== "Identifier" || !isFunction(init) || init.id || source.parent(node).type === "ExportNamedDeclaration") continue;
        const parameters = init.params.map((/** @type {any} */ parameter) => source.of(parameter)).join(", ");
        const body = init.body.type === "BlockStatement" ? source.of(init.body) : `{ return (${source.of(init.body)}); }`;
        source.replace(node.start, node.end, `${init.async ? "async " : ""}function${init.generator ? "*" : ""} ${only.id.name}(${parameters}) ${body}`);
      }
    },
  },
];
