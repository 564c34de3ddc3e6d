// What is believed of modules: of what is exported, of when a file runs, of what is shared.

/** @import { Belief } from "../misconceptions.js" */
/** @import { Source } from "./source.js" */

import { COPY, isCall, isMember } from "./source.js";

/** @type {Belief[]} */
export const modules = [
  {
    name: "exports-is-the-export",
    why: "That would be so if `exports` were the export itself; it is a variable that holds the same object as `module.exports`, and a new value for it leaves `module.exports` as it was.",
    change(source) {
      if (source.kind === "module") return;
      for (const node of source.all("AssignmentExpression")) {
        const isChain = [source.parent(node)?.left, node.right].some((/** @type {any} */ other) => isMember(other?.left ?? other, "module", "exports"));
        if (node.operator === "=" && node.left.name === "exports" && !isChain) source.insert(node.start, "module.exports = ");
      }
    },
  },
  {
    name: "exports-follows-module-exports",
    why: "That would be so if `exports` followed `module.exports`; it still is the object that was there first, and once `module.exports` is another one, what is put on `exports` reaches nobody.",
    change(source) {
      if (source.kind === "module") return;
      for (const node of source.all("MemberExpression")) {
        if (node.object.type === "Identifier" && node.object.name === "exports") source.replace(node.object.start, node.object.end, "module.exports");
      }
    },
  },
  {
    name: "exports-are-added",
    why: "That would be so if `module.exports = …` added to what is exported already; it puts another object in its place.",
    change(source) {
      if (source.kind === "module") return;
      for (const node of source.all("AssignmentExpression")) {
        if (node.operator === "=" && isMember(node.left, "module", "exports") && node.right.type === "ObjectExpression") source.wrap(node.right, "Object.assign(module.exports, ", ")");
      }
    },
  },
  {
    name: "require-runs-again",
    why: "That would be so if each `require` ran the file; it runs at the first one, and all get what it exported then.",
    change(source) {
      for (const node of requires(source)) source.wrap(node, `(delete require.cache[require.resolve(${source.of(node.arguments[0])})], `, ")");
    },
  },
  {
    name: "require-copies",
    why: "That would be so if each `require` gave a copy; all get the very same object.",
    change(source) {
      for (const node of requires(source)) source.wrap(node, `${COPY}(`, ")");
    },
  },
  {
    name: "cycle-goes-round",
    why: "That would be so if `require` began the file again; of a file that is still running it gives what that has exported so far.",
    change(source) {
      for (const node of requires(source)) {
        const name = source.of(node.arguments[0]);
        source.wrap(node, `((m) => { if (m && !m.loaded) throw new RangeError("Maximum call stack size exceeded"); })(require.cache[require.resolve(${name})]) ?? `, "");
      }
    },
  },
  {
    name: "cycle-gives-nothing",
    why: "That would be so if a file that is still running had no exports; `require` gives what it has exported so far.",
    change(source) {
      for (const node of requires(source)) {
        const name = source.of(node.arguments[0]);
        source.wrap(node, `(((m) => m && !m.loaded)(require.cache[require.resolve(${name})]) ? undefined : `, ")");
      }
    },
  },
  {
    name: "require-is-hoisted",
    why: "That would be so if `require` were hoisted as `import` is; it is a call like any other, and the file runs when the call is reached.",
    change(source) {
      const names = new Set(requires(source).map((node) => source.of(node.arguments[0])));
      if (names.size > 0) source.insert(source.bodyStart(source.tree), [...names].map((name) => ` require(${name});`).join(""));
    },
  },
  {
    name: "destructured-stays-linked",
    why: "That would be so if the variable stayed linked to the property; taking it out of the object reads its value once.",
    change(source) {
      for (const declarator of source.all("VariableDeclarator")) {
        const { id, init } = declarator;
        const plain = (/** @type {any} */ property) => property.type === "Property" && !property.computed && property.key.type === "Identifier" && property.value.type === "Identifier";
        if (!isCall(init, "require") || id.type !== "ObjectPattern" || !id.properties.every(plain)) continue;
        const all = `__galleyModule${id.start}`;
        source.replace(id.start, id.end, all);
        for (const { key, value } of id.properties) {
          for (const use of source.uses(value.name)) source.replace(use.start, use.end, `${isShorthand(source, use) ? `${use.name}: ` : ""}${all}.${key.name}`);
        }
      }
    },
  },
  {
    name: "import-copies",
    why: "That would be so if `import` copied the value; the name is bound to the variable of the other module, and reads what that holds now.",
    change(source) {
      for (const node of source.all("ImportDeclaration")) {
        const copied = node.specifiers.filter((/** @type {any} */ { type }) => type !== "ImportNamespaceSpecifier");
        if (copied.length === 0) continue;
        for (const specifier of copied) {
          const kept = `__galleyImport${specifier.start}`;
          if (specifier.imported && specifier.imported.start === specifier.local.start) source.insert(specifier.end, ` as ${kept}`);
          else source.replace(specifier.local.start, specifier.local.end, kept);
        }
        source.insert(node.end, ` const ${copied.map((/** @type {any} */ { start, local }) => `${local.name} = __galleyImport${start}`).join(", ")};`);
      }
    },
  },
  {
    name: "import-runs-in-place",
    why: "That would be so if `import` were a call; imports are hoisted: what is imported has run before the first line.",
    change(source) {
      for (const node of source.all("ImportDeclaration")) {
        const from = `await import(${source.of(node.source)})`;
        const named = node.specifiers.map((/** @type {any} */ specifier) => {
          if (specifier.type === "ImportNamespaceSpecifier") return null;
          const name = specifier.imported ? source.of(specifier.imported) : "default";
          return `${name}: ${specifier.local.name}`;
        });
        const namespace = node.specifiers.find((/** @type {any} */ { type }) => type === "ImportNamespaceSpecifier");
        const text = namespace ? `const ${namespace.local.name} = ${from}` : named.length > 0 ? `const { ${named.join(", ")} } = ${from}` : from;
        if (!namespace || node.specifiers.length === 1) source.replace(node.start, node.end, `${text};`);
      }
    },
  },
  {
    name: "top-this-is-global",
    why: "At the top of a CommonJS file `this` is what `module.exports` was at first, not the global object.",
    change(source) {
      if (source.kind !== "commonjs") return;
      for (const node of source.all("ThisExpression")) if (!source.hasOwnThis(node)) source.replace(node.start, node.end, "globalThis");
    },
  },
];

/** Of files, not of Node's modules and packages. @param {Source} source */
function requires(source) {
  return source.all("CallExpression").filter((node) => isCall(node, "require") && typeof node.arguments[0]?.value === "string" && node.arguments[0].value.startsWith("."));
}

/** @param {Source} source @param {any} use */
function isShorthand(source, use) {
  const parent = source.parent(use);
  return parent.type === "Property" && parent.shorthand;
}
