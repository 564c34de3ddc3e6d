// The calls by which a traced program tells its steps: text that is inserted into its source, as the recorder's calls are,
// without moving a line. The tracer (runtime/steps/tracer.js) takes them.
//
//   const __s0=__galleySteps.enter(0,0,[()=>total]);            a scope that is a frame: its file, its number, a getter a name
//   const __s1=__galleySteps.scope(0,1,__s0,[()=>i]);           one inside it
//   __galleySteps.at(__s0,3);total += 1;;__galleySteps.done(__s0,3);    a statement begins, and has ended
//   if (__galleySteps.test(__s0,4,(total > 1))) …              what a condition is
//   return __galleySteps.gives(__s1,5,(total));                 what a function returns
//   __galleySteps.leaves(__s1);                                 its body has ended
//   __galleySteps.resumes(__galleySteps.mark(__s1),await __galleySteps.away(__s1,(x)))    it waits, and goes on; so does `yield`
//   __galleySteps.closes(next,"total",[()=>total]);             a function and what it takes from around it

/** @import { Program } from "acorn" */
/** @import { StepTable } from "../../protocol.d.ts" */
/** @import { Edits } from "../edits.js" */
/** @import { Scope } from "./names.js" */

import { scopesOf } from "../scopes.js";
import { findScopes, isFunction } from "./names.js";

const SIMPLE = /^(Expression|Debugger)Statement$|^(Variable|Class|ExportNamed|ExportDefault)Declaration$/;
const LISTS = /** @type {Record<string, string>} */ ({ Program: "body", BlockStatement: "body", StaticBlock: "body", SwitchCase: "consequent" });
/** The longest text of a place that a step shows. */
const TEXT = 80;

/**
 * Adds the insertions. The recorder's come between those of statements, which are added at once, and those of
 * expressions, which `insertInner` adds: a statement without a semicolon may be of the same range as its expression.
 */
export class Steps {
  /** What the numbers mean. @type {StepTable} */
  table;
  /** @type {(() => void)[]} */
  #expressions = [];
  #edits;
  #file;
  #scopes;
  /** The statements that hold one of several examples. */
  #joined;
  /** Number of a scope in the table. @type {Map<Scope, number>} */
  #numbers = new Map();

  /** `index`: among the program's files. @param {Edits} edits @param {Program} tree @param {{ source: string, path: string, index: number, isModule: boolean }} file */
  constructor(edits, tree, file) {
    this.#edits = edits;
    this.#file = file;
    this.#scopes = findScopes(tree, file.isModule);
    this.#joined = new Set(scopesOf(tree).map(({ statement }) => statement));
    this.table = { scopes: [], places: [] };
    this.#visit(tree, null, "", null);
  }

  insertInner() {
    for (const insert of this.#expressions) insert();
  }

  /** @param {any} node @param {any} parent @param {string} key @param {Scope | null} around */
  #visit(node, parent, key, around) {
    const scope = this.#scopes.get(node) ?? around;
    if (around !== null) {
      this.#statement(node, parent, key, around);
      this.#expression(node, parent, key, around);
    }
    if (scope !== around && scope !== null) this.#open(node, scope);
    for (const name in node) {
      const child = node[name];
      if (child === null || typeof child !== "object") continue;
      const inside = isHead(node, name) ? around : scope;
      for (const one of Array.isArray(child) ? child : [child]) if (typeof one?.type === "string") this.#visit(one, node, name, inside);
    }
  }

  /** Begins a scope, where it has anything to tell. @param {any} node @param {Scope} scope */
  #open(node, scope) {
    const { body } = node;
    if (scope.kind !== "block") {
      const enter = `__galleySteps.enter(${this.#file.index},${this.#number(scope)},${getters(scope.names)})`;
      if (body.type !== undefined && body.type !== "BlockStatement") {
        // An arrow function that is an expression.
        this.#edits.wrap(body.start, body.end, `__galleySteps.gives(${enter},${this.#place(body)},(`, "))");
        return;
      }
      const text = `;const ${this.#name(scope)}=${enter};${this.#functions(scope)}`;
      this.#edits.insert(this.#beginning(node), node.type === "Program" ? text : `${text}__galleySteps.called(${this.#name(scope)},${this.#place(head(node))});`);
      const end = node.type === "Program" ? node.end : (body.end ?? node.end) - 1;
      this.#edits.insert(end, `;__galleySteps.leaves(${this.#name(scope)});`);
      return;
    }
    const list = node.type === "BlockStatement" ? node : body?.type === "BlockStatement" ? body : null;
    if (!this.#isTold(scope) || list === null) return;
    this.#edits.insert(list.start + 1, this.#scopeText(scope));
  }

  /** Text of a block's scope. @param {Scope} scope */
  #scopeText(scope) {
    return `;const ${this.#name(scope)}=${this.#inner(scope)};${this.#functions(scope)}`;
  }

  /** @param {Scope} scope */
  #inner(scope) {
    const around = /** @type {Scope} */ (scope.parent);
    return `__galleySteps.scope(${this.#file.index},${this.#number(scope)},${this.#reference(around)},${getters(scope.names)})`;
  }

  /** A block without names is no scope of its own. @param {Scope} scope */
  #isTold = (scope) => scope.kind !== "block" || scope.names.size > 0;

  /** How a call names a scope. @param {Scope} scope @returns {string} */
  #reference(scope) {
    if (!this.#isTold(scope)) return this.#reference(/** @type {Scope} */ (scope.parent));
    // Between the cases of a `switch` nothing can be declared.
    if (scope.node.type === "SwitchStatement") return this.#inner(scope);
    // An arrow function that is an expression has no place for a name: the tracer knows it as the one that runs.
    const isExpression = scope.node.type === "ArrowFunctionExpression" && scope.node.body.type !== "BlockStatement";
    return isExpression ? "null" : this.#name(scope);
  }

  /** @param {Scope} scope */
  #name = (scope) => `__s${this.#number(scope)}`;

  /** @param {Scope} scope */
  #number(scope) {
    let number = this.#numbers.get(scope);
    if (number === undefined) {
      number = this.table.scopes.length;
      this.#numbers.set(scope, number);
      const { kind, node } = scope;
      this.table.scopes.push({ kind, name: kind === "module" ? this.#file.path.slice(1) : this.#called(node), names: [...scope.names] });
    }
    return number;
  }

  /** @param {any} node a function or a static block @returns {string} */
  #called = (node) => functionNames.get(node) ?? node.id?.name ?? (node.type === "StaticBlock" ? "static" : "");

  /** The functions that a scope declares. @param {Scope} scope */
  #functions(scope) {
    return scope.functions.map((node) => (node.id ? this.#closes(node.id.name, node) : "")).join("");
  }

  /** The statement that tells what a function takes from around it; nothing, if it takes nothing. @param {string} expression @param {any} node */
  #closes(expression, node) {
    const captured = this.#captured(node);
    return captured === null ? "" : `__galleySteps.closes(${expression},${captured});`;
  }

  /** @param {any} node */
  #captured(node) {
    const names = this.#scopes.get(node)?.captured;
    return names && names.size > 0 ? `${JSON.stringify([...names].join())},${getters(names)}` : null;
  }

  /** The number of a place. @param {{ start: number, end: number }} range */
  #place({ start, end }) {
    const { source } = this.#file;
    const all = source.slice(start, end);
    const line = source.slice(0, start).split("\n").length;
    const text = all.replace(/\s+/g, " ").trim().replace(/;$/, "");
    this.table.places.push({ line, end: line + all.split("\n").length - 1, text: text.length > TEXT ? `${text.slice(0, TEXT - 1)}…` : text });
    return this.table.places.length - 1;
  }

  /** Behind the directives. @param {any} node */
  #beginning(node) {
    if (node.type === "StaticBlock") return this.#file.source.indexOf("{", node.start) + 1;
    const isProgram = node.type === "Program";
    let end = isProgram ? 0 : node.body.start + 1;
    for (const statement of isProgram ? node.body : node.body.body) {
      if (statement.directive === undefined) break;
      end = statement.end;
    }
    return end;
  }

  /** @param {any} node @param {any} parent @param {string} key @param {Scope} scope */
  #statement(node, parent, key, scope) {
    if (!/(Statement|Declaration)$/.test(node.type)) return;
    if (this.#joined.has(node)) return;
    const inList = LISTS[parent.type] === key;
    const isBody = !inList && /^(IfStatement|(Do)?WhileStatement|For(In|Of)?Statement|WithStatement)$/.test(parent.type) && /^(body|consequent|alternate)$/.test(key);
    if (!inList && !isBody) return;
    let [before, after] = this.#marks(node, scope);
    if (isBody && node.type !== "BlockStatement") {
      const own = this.#scopes.get(parent);
      const opens = own && own === scope && this.#isTold(own) ? this.#scopeText(own) : "";
      if (before + after + opens === "") return;
      [before, after] = [`{${opens}${before}`, `${after}}`];
    }
    if (before + after !== "") this.#edits.wrap(node.start, node.end, before, after);
  }

  /** What stands before and behind a statement. @param {any} node @param {Scope} scope @returns {[string, string]} */
  #marks(node, scope) {
    const { type } = node;
    if (node.directive !== undefined) return ["", ""];
    if (type === "ReturnStatement" || type === "ThrowStatement") {
      const number = this.#place(node);
      const at = `__galleySteps.at(${this.#reference(scope)},${number});`;
      if (node.argument === null) return [`${at}__galleySteps.gives(${this.#reference(scope)},${number},undefined);`, ""];
      const call = type === "ReturnStatement" ? "gives" : "throws";
      this.#edits.wrap(node.argument.start, node.argument.end, `__galleySteps.${call}(${this.#reference(scope)},${number},(`, "))");
      return [at, ""];
    }
    if (!SIMPLE.test(type) || (type.startsWith("Export") && !isStep(node))) return ["", ""];
    const number = this.#place(node);
    const reference = this.#reference(scope);
    return [`__galleySteps.at(${reference},${number});`, `;${this.#assigned(node)}__galleySteps.done(${reference},${number});`];
  }

  /** The functions that a statement gives a name to, which a call around them would keep from them. @param {any} node */
  #assigned(node) {
    const { declarations = [] } = node.type === "ExportNamedDeclaration" ? node.declaration : node;
    /** @type {[any, any][]} */
    const named = declarations.map((/** @type {any} */ { id, init }) => [id, init]);
    if (node.type === "ExpressionStatement" && node.expression.type === "AssignmentExpression") named.push([node.expression.left, node.expression.right]);
    return named.map(([id, value]) => (id.type === "Identifier" && value && isFunction(value) ? this.#closes(id.name, value) : "")).join("");
  }

  /** @param {any} node @param {any} parent @param {string} key @param {Scope} scope */
  #expression(node, parent, key, scope) {
    const { type } = node;
    nameFunctions(node);
    if (key === "test" && /^(IfStatement|(Do)?WhileStatement)$/.test(parent.type)) {
      this.#wrapLater(node.start, node.end, `__galleySteps.test(${this.#reference(scope)},${this.#place(node)},(`, "))");
    }
    if (type === "AwaitExpression" || type === "YieldExpression") this.#wait(node, scope);
    if (type === "ObjectExpression") this.#holds(node);
    if ((type === "FunctionExpression" || type === "ArrowFunctionExpression") && mayBeWrapped(node, parent, key)) {
      const captured = this.#captured(node);
      if (captured !== null) this.#wrapLater(node.start, node.end, `__galleySteps.closes((`, `),${captured})`);
    }
  }

  /** @param {number} start @param {number} end @param {string} before @param {string} after */
  #wrapLater(start, end, before, after) {
    this.#expressions.push(() => this.#edits.wrap(start, end, before, after));
  }

  /** @param {any} node an `await` or a `yield` @param {Scope} scope */
  #wait({ type, start, end, argument, delegate }, scope) {
    const reference = this.#reference(scope);
    const behind = argument === null ? ` __galleySteps.away(${reference},undefined))` : ")";
    const goesOn = type === "AwaitExpression" ? "resumes" : "back";
    this.#wrapLater(start, end, `__galleySteps.${goesOn}(__galleySteps.mark(${reference}),`, behind);
    if (argument !== null && !delegate) this.#wrapLater(argument.start, argument.end, `__galleySteps.away(${reference},(`, "))");
  }

  /** The methods of an object: a method can't be handed to a call, but the object can. @param {any} node */
  #holds(node) {
    const methods = node.properties.flatMap((/** @type {any} */ property) => {
      const { computed, kind, value } = property;
      const captured = !computed && kind === "init" && isFunction(value) ? this.#captured(value) : null;
      return captured === null ? [] : [`[${JSON.stringify(keyOf(property))},${captured}]`];
    });
    if (methods.length > 0) this.#wrapLater(node.start, node.end, "__galleySteps.holds((", `),[${methods}])`);
  }
}

/** @type {WeakMap<any, string>} */
const functionNames = new WeakMap();

/** Functions get names from what they are assigned to. @param {any} node */
function nameFunctions(node) {
  const { type } = node;
  /** @param {any} value @param {any} name */
  const call = (value, name) => {
    if (value && isFunction(value) && typeof name === "string" && !functionNames.has(value)) functionNames.set(value, value.id?.name ?? name);
  };
  if (type === "VariableDeclarator" && node.id.type === "Identifier") call(node.init, node.id.name);
  else if (type === "AssignmentExpression" || type === "AssignmentPattern") {
    const { left } = node;
    call(node.right, left.type === "Identifier" ? left.name : left.type === "MemberExpression" && !left.computed ? left.property.name : "");
  } else if (type === "Property" || type === "PropertyDefinition") call(node.value, keyOf(node));
  else if (type === "ClassDeclaration" || type === "ClassExpression") {
    for (const member of node.body.body) {
      if (member.type !== "MethodDefinition") continue;
      const prefix = { get: "get ", set: "set ", constructor: "new ", method: "" }[/** @type {"get"} */ (member.kind)];
      call(member.value, prefix + (member.kind === "constructor" ? (node.id?.name ?? "") : keyOf(member)));
    }
  }
}

/** @param {any} node a property */
const keyOf = ({ key, computed }) => (computed ? "" : String(key.name ?? key.value ?? ""));

/** A getter for each name. @param {Iterable<string>} names */
const getters = (names) => `[${[...names].map((name) => `()=>${name}`)}]`;

/** A part of what begins a scope that stands outside of the place where the scope has its name. @param {any} node @param {string} key */
const isHead = (node, key) => (/^(For(In|Of)?Statement|CatchClause)$/.test(node.type) || isFunction(node) ? key !== "body" : key === "discriminant");

/** From its beginning to its body. @param {any} node a function or a static block */
const head = (node) => ({ start: node.start, end: node.body.start ?? node.start + "static".length });

/** @param {any} node an export */
const isStep = ({ type, declaration }) => declaration && declaration.type !== "FunctionDeclaration" && type !== "ExportAllDeclaration";

/**
 * A call around an anonymous function would keep it from getting its name.
 * @param {any} node @param {any} parent @param {string} key
 */
function mayBeWrapped(node, parent, key) {
  if (/^(Property|PropertyDefinition|MethodDefinition|VariableDeclarator|ExportDefaultDeclaration|AssignmentPattern)$/.test(parent.type)) return false;
  if (key === "callee") return false;
  return parent.type !== "AssignmentExpression" || parent.left.type !== "Identifier";
}
