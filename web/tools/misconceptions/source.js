// A source with its tree, as misconceptions look at it, and the edits that one of them makes.

/** @import { Comment, Edit, Kind, Parsed } from "../../protocol.d.ts" */

import { walk } from "../walk.js";

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);
const SCOPES = new Set([...FUNCTIONS, "ClassBody", "StaticBlock"]);

export class Source {
  /** @type {string} */
  text;
  /** @type {any} */
  tree;
  /** @type {Kind} */
  kind;
  /** The text with blanks for its comments. @type {string} */
  blank;
  /** All nodes, parents first. @type {any[]} */
  #nodes = [];
  /** @type {Map<any, { parent: any, key: string }>} */
  #places = new Map();
  /** @type {{ start: number, end: number, text: string, closes: boolean, index: number }[]} */
  #edits = [];

  /** @param {string} text @param {any} tree @param {Parsed} parsed */
  constructor(text, tree, parsed) {
    this.text = text;
    this.tree = tree;
    this.kind = parsed.kind;
    this.blank = withoutComments(text, parsed.comments);
    walk(tree, (node, parent, key) => {
      this.#nodes.push(node);
      this.#places.set(node, { parent, key });
    });
  }

  /** The nodes of these types, parents first. @param {...string} types @returns {any[]} */
  all(...types) {
    return this.#nodes.filter(({ type }) => types.includes(type));
  }

  /** @param {any} node @returns {any} null: the whole program's */
  parent(node) {
    return this.#places.get(node)?.parent ?? null;
  }

  /** The parent's property that holds the node. @param {any} node */
  key(node) {
    return this.#places.get(node)?.key ?? "";
  }

  /** From the parent outwards. @param {any} node @returns {any[]} */
  around(node) {
    const found = [];
    for (let at = this.parent(node); at !== null; at = this.parent(at)) found.push(at);
    return found;
  }

  /** The function that the node stands in; null: none. @param {any} node @returns {any} */
  functionAround(node) {
    return this.around(node).find(({ type }) => FUNCTIONS.has(type)) ?? null;
  }

  /** The nodes below one, itself too. @param {any} root @returns {any[]} */
  within(root) {
    /** @type {any[]} */
    const found = [];
    walk(root, (node) => void found.push(node));
    return found;
  }

  /** What `this` is in the node is not what it is at the top. @param {any} node */
  hasOwnThis(node) {
    return this.around(node).some(({ type }) => SCOPES.has(type) && type !== "ArrowFunctionExpression");
  }

  /** @param {any} node @returns {string} */
  of(node) {
    return this.text.slice(node.start, node.end);
  }

  /** Where the statements of a body begin that are no directives. @param {any} body a program or a block */
  bodyStart(body) {
    const directives = body.body.filter((/** @type {any} */ { directive }) => directive !== undefined);
    return directives.at(-1)?.end ?? (body.type === "Program" ? body.start : body.start + 1);
  }

  /** An identifier that stands for its variable: no property's name, no label, no name of an export. @param {any} node */
  isVariable(node) {
    if (node.type !== "Identifier") return false;
    const [parent, key] = [this.parent(node), this.key(node)];
    if (/^(Import|Export)\w*Specifier$/.test(parent.type) || /^(Labeled|Break|Continue)Statement$/.test(parent.type) || parent.type === "MetaProperty") return false;
    if (key === "property") return parent.computed;
    return !(key === "key" && !parent.computed);
  }

  /** Its occurrences as a variable, but for its declarations. @param {string} name @returns {any[]} */
  uses(name) {
    return this.all("Identifier").filter((node) => node.name === name && this.isVariable(node) && !this.isDeclared(node));
  }

  /** The identifier declares a variable or a parameter. @param {any} node */
  isDeclared(node) {
    let at = node;
    for (let parent = this.parent(at); parent !== null; at = parent, parent = this.parent(at)) {
      const key = this.key(at);
      if (parent.type === "VariableDeclarator") return key === "id";
      if (FUNCTIONS.has(parent.type)) return key === "params" || key === "id";
      if (/^Class/.test(parent.type)) return key === "id";
      if (parent.type === "CatchClause") return key === "param";
      const isPart = /Pattern$/.test(parent.type) || parent.type === "RestElement" || (parent.type === "Property" && key === "value");
      if (!isPart || (parent.type === "AssignmentPattern" && key === "right")) return false;
    }
    return false;
  }

  /** The declarators of a name that stands alone in its declarator, e.g. `a` in `let a = 1, b`. @param {string} name */
  declarators(name) {
    return this.all("VariableDeclarator").filter(({ id }) => id.type === "Identifier" && id.name === name);
  }

  /** Lets a variable be assigned to that is declared with `const`. @param {string} name */
  makeAssignable(name) {
    for (const declarator of this.declarators(name)) {
      const declaration = this.parent(declarator);
      if (declaration.kind === "const") this.replace(declaration.start, declaration.start + "const".length, "let");
    }
  }

  /** Where an operator stands behind an operand. @param {any} operand @param {string} operator */
  operatorAt(operand, operator) {
    return this.blank.indexOf(operator, operand.end);
  }

  /** @param {number} at @param {string} text */
  insert(at, text) {
    this.#edits.push({ start: at, end: at, text, closes: false, index: this.#edits.length });
  }

  /** Nodes are to be wrapped in the order of the tree, the outer first. @param {any} node @param {string} before @param {string} after */
  wrap(node, before, after) {
    this.insert(node.start, before);
    this.#edits.push({ start: node.end, end: node.end, text: after, closes: true, index: this.#edits.length });
  }

  /** @param {number} start @param {number} end @param {string} text */
  replace(start, end, text) {
    if (this.#edits.some((edit) => edit.start === start && edit.end === end)) return;
    this.#edits.push({ start, end, text, closes: false, index: this.#edits.length });
  }

  /**
   * In order, and no more of them here. Where one place is replaced twice, none of them is made: it would say something
   * that nobody meant.
   * @returns {Edit[]}
   */
  takeEdits() {
    const edits = this.#edits.sort(compare);
    this.#edits = [];
    let done = 0;
    for (const { start, end } of edits) {
      if (start < done) return [];
      done = end;
    }
    return edits.map(({ start, end, text }) => ({ start, end, text }));
  }
}

/** At one place closings come first, the inner before the outer; then openings, then what is replaced. @param {any} a @param {any} b */
function compare(a, b) {
  if (a.start !== b.start) return a.start - b.start;
  const rank = (/** @type {any} */ edit) => (edit.closes ? 0 : edit.end === edit.start ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  return a.closes ? b.index - a.index : a.index - b.index;
}

/** @param {string} text @param {Comment[]} comments */
function withoutComments(text, comments) {
  let blank = "";
  let done = 0;
  for (const { start, end } of comments) {
    blank += text.slice(done, start) + " ".repeat(end - start);
    done = end;
  }
  return blank + text.slice(done);
}

/** @param {any} node @returns {boolean} */
export const isFunction = (node) => FUNCTIONS.has(node?.type);

/** A call of a method of this name, whatever the object is. @param {any} node @param {...string} names */
export const isCallOf = (node, ...names) =>
  node?.type === "CallExpression" && node.callee.type === "MemberExpression" && !node.callee.computed && names.includes(node.callee.property.name);

/** A call of a function of this name. @param {any} node @param {...string} names */
export const isCall = (node, ...names) => node?.type === "CallExpression" && node.callee.type === "Identifier" && names.includes(node.callee.name);

/** `object.property` of these very names. @param {any} node @param {string} object @param {string} property */
export const isMember = (node, object, property) =>
  node?.type === "MemberExpression" && !node.computed && node.object.type === "Identifier" && node.object.name === object && node.property.name === property;

/** A function whose value is a copy of a plain object or an array, one level deep; any other value as it is. */
export const COPY = "((v) => Array.isArray(v) ? [...v] : v !== null && typeof v === 'object' && Object.getPrototypeOf(v) === Object.prototype ? { ...v } : v)";

/** The same, all the way down. */
export const DEEP_COPY =
  "(function copy(v) { return Array.isArray(v) ? v.map(copy) : v !== null && typeof v === 'object' && Object.getPrototypeOf(v) === Object.prototype ? Object.fromEntries(Object.entries(v).map(([k, w]) => [k, copy(w)])) : v; })";
