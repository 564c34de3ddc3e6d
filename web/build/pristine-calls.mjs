// Guards the runtime where a program replaces what the language gives: in the sources of runtime/ a call such as
// `list.map(f)` becomes a call of the `map` that was there when the chunk was loaded (see runtime/originals.js), and
// `Object.keys` the one of then. Iteration, and what npm packages do, is left alone. The sources have no comment between
// a method's name and its dot or parenthesis, and give no variable the name of a built-in.

import { parse } from "acorn";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const runtime = fileURLToPath(new URL("../runtime/", import.meta.url));
const pristine = JSON.stringify(`${runtime}pristine.js`);

/** Whose methods programs replace. Promises are left out: the recorder itself replaces their `then`. */
const CLASSES = { Array, String, Map, Set, WeakMap, WeakSet, RegExp, Function };

/** Left to the value: each class has its own, or the runtime replaces it. */
const NOT_METHODS = new Set(["constructor", "toString", "valueOf", "toLocaleString", "localeCompare", "compile"]);
const METHODS = new Set(
  Object.values(CLASSES)
    .flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype).filter((name) => typeof Object.getOwnPropertyDescriptor(prototype, name)?.value === "function"))
    .filter((name) => !NOT_METHODS.has(name)),
);

/** Objects whose functions programs replace. JSON's are the runtime's own. @type {Record<string, any>} */
const HOLDERS = { Object, Reflect, Array, Number, Math, String };
const FUNCTIONS = new Map(
  Object.entries(HOLDERS).map(([name, holder]) => [name, new Set(Object.getOwnPropertyNames(holder).filter((key) => typeof holder[key] === "function"))]),
);

/** @type {import("esbuild").Plugin} */
export const pristineCalls = {
  name: "pristine-calls",
  setup(build) {
    build.onResolve({ filter: /^galley:pristine$/ }, ({ path }) => ({ path, namespace: "pristine", sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: "pristine" }, () => ({ contents: captured(), resolveDir: runtime }));
    build.onLoad({ filter: /\.js$/ }, async ({ path }) => {
      if (!path.startsWith(runtime) || path === JSON.parse(pristine)) return undefined;
      return { contents: withPristineCalls(await readFile(path, "utf8")) };
    });
  },
};

/** The module that has them all; a chunk takes what it uses. */
function captured() {
  const methods = [...METHODS].map((name) => `export const $${name} = /* @__PURE__ */ method(${JSON.stringify(name)});`);
  const functions = [...FUNCTIONS].flatMap(([holder, names]) =>
    [...names].map((name) => `export const ${holder}$${name} = /* @__PURE__ */ taken(${holder}, ${JSON.stringify(name)});`),
  );
  return [`import { method, taken } from ${pristine};`, ...methods, ...functions].join("\n");
}

/** @param {string} text */
export function withPristineCalls(text) {
  /** @type {{ at: number, remove: number, insert: string }[]} */
  const edits = [];
  /** @type {Set<string>} */
  const used = new Set();
  /** @param {any} node @returns {void} */
  const walk = (node) => {
    if (node.type === "ChainExpression") return walkChain(node.expression);
    if (node.type === "MemberExpression" && isTaken(node)) {
      const name = `${node.object.name}$${node.property.name}`;
      used.add(name);
      edits.push({ at: node.start, remove: node.end - node.start, insert: name });
      return;
    }
    if (node.type === "CallExpression" && isMethod(node.callee)) {
      const { property } = node.callee;
      used.add(`$${property.name}`);
      edits.push({ at: node.start, remove: 0, insert: `$${property.name}(` });
      const dot = text.lastIndexOf(".", property.start);
      const open = text.indexOf("(", property.end);
      edits.push({ at: dot, remove: open + 1 - dot, insert: node.arguments.length > 0 ? ", " : "" });
    }
    walkInside(node);
  };
  /** What an optional chain may leave out stays as it is written. @param {any} node @returns {void} */
  const walkChain = (node) => {
    if (!isOptional(node)) return walk(node);
    walkChain(node.object ?? node.callee);
    for (const argument of node.arguments ?? []) walk(argument);
    if (node.computed) walk(node.property);
  };
  /** @param {any} node */
  const walkInside = (node) => {
    for (const child of Object.values(node).flat()) if (child && typeof (/** @type {any} */ (child).type) === "string") walk(child);
  };
  walk(parse(text, { ecmaVersion: "latest", sourceType: "module" }));
  if (used.size === 0) return text;
  let changed = text;
  // From the end; of edits at one place the innermost comes first.
  for (const { at, remove, insert } of edits.reverse().sort((a, b) => b.at - a.at)) {
    changed = changed.slice(0, at) + insert + changed.slice(at + remove);
  }
  return `import { ${[...used].join(", ")} } from "galley:pristine";\n${changed}`;
}

/** @param {any} node @returns {boolean} */
const isOptional = (node) => node !== undefined && (node.optional === true || isOptional(node.object ?? node.callee));

/** @param {any} node */
const isHolder = ({ type, name }) => type === "Identifier" && FUNCTIONS.has(name);

/** @param {any} node */
const isTaken = ({ object, property, computed }) => !computed && isHolder(object) && FUNCTIONS.get(object.name)?.has(property.name);

/** @param {any} callee */
const isMethod = ({ type, object, property, computed }) =>
  type === "MemberExpression" && !computed && property.type === "Identifier" && object.type !== "Super" && METHODS.has(property.name) && !isHolder(object);
