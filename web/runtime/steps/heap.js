// Of chunk "tracer": the objects that can be reached from the variables at a moment, each with its identity. Getters are
// not called, and the host looks through proxies without their traps.

/** @import { Cell, Host, StepObject } from "../../protocol.d.ts" */

import { dataProperty, isClass, isFunction, isObject, wellFormed } from "../values.js";

/** An object has at most this many rows. */
const MAX_ROWS = 12;
/** A moment shows at most this many objects. */
const MAX_OBJECTS = 60;
const MAX_TEXT = 24;

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys, apply } = Reflect;
const { isArray } = Array;
const ObjectPrototype = Object.prototype;
const FunctionPrototype = Function.prototype;
const TypedArrayPrototype = /** @type {object} */ (getPrototypeOf(Uint8Array.prototype));
const ErrorPrototype = Error.prototype;
const PromisePrototype = Promise.prototype;
const mapForEach = Map.prototype.forEach;
const setForEach = Set.prototype.forEach;
const mapSize = /** @type {() => number} */ (getOwnPropertyDescriptor(Map.prototype, "size")?.get);
const setSize = /** @type {() => number} */ (getOwnPropertyDescriptor(Set.prototype, "size")?.get);
const dateText = Date.prototype.toISOString;
const dateValue = Date.prototype.getTime;
const typedLength = /** @type {() => number} */ (getOwnPropertyDescriptor(TypedArrayPrototype, "length")?.get);
const regexpSource = RegExp.prototype.toString;

/** What is no string would be asked for one, and that may be the program's own code. @param {unknown} value */
const textOf = (value) => (typeof value === "string" ? value : null);
const world = globalThis;

/** What Node keeps in a module beside its exports. */
const OF_MODULES = ["id", "path", "filename", "loaded", "children", "paths", "parent"];

/** @param {unknown} value no object @returns {{ t: string, c: string }} */
export function primitive(value) {
  if (typeof value === "string") return { t: quoted(value), c: "string" };
  if (typeof value === "number") return { t: Object.is(value, -0) ? "-0" : String(value), c: "number" };
  if (typeof value === "bigint") return { t: cut(`${value}n`), c: "number" };
  if (typeof value === "symbol") return { t: cut(`Symbol(${wellFormed(value.description ?? "")})`), c: "symbol" };
  return { t: String(value), c: value === undefined || value === null ? "nothing" : "boolean" };
}

/** @param {string} text */
function quoted(text) {
  const escaped = wellFormed(text).replace(/[\\'\n\r\t]/g, (/** @type {string} */ character) => ESCAPES[character] ?? character);
  return `'${cut(escaped)}'`;
}

/** @type {Record<string, string>} */
const ESCAPES = { "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** @param {string} text */
const cut = (text) => (text.length > MAX_TEXT ? `${wellFormed(text.slice(0, MAX_TEXT - 1))}…` : text);

/** @param {Host} host */
export function createHeap(host) {
  /** They keep nothing alive. @type {WeakMap<object, number>} */
  const ids = new WeakMap();
  let count = 0;
  /** What functions take from around them. @type {WeakMap<Function, { names: string[], getters: (() => unknown)[], read: (getter: () => unknown) => Cell }>} */
  const captured = new WeakMap();
  /** Those of this moment, in the order in which they are met. @type {object[]} */
  let met = [];
  /** @type {Set<object>} */
  let known = new Set();

  /** @param {unknown} value @returns {Cell} */
  function cell(value) {
    if (!isObject(value)) return primitive(value);
    if (value === world) return { t: "globalThis", c: "nothing" };
    if (!known.has(value)) {
      if (known.size >= MAX_OBJECTS) return { t: "…", c: "cut" };
      known.add(value);
      met.push(value);
    }
    let id = ids.get(value);
    if (id === undefined) {
      id = count++;
      ids.set(value, id);
    }
    return { o: id };
  }

  /** @param {object} object @returns {StepObject} */
  function describe(object) {
    const id = /** @type {number} */ (ids.get(object));
    const proxy = host.proxyDetails(object);
    if (proxy !== undefined) {
      /** @type {[string, Cell][]} */
      const rows = proxy[0] === null ? [] : [["target", cell(proxy[0])], ["handler", cell(proxy[1])]];
      return { id, kind: "proxy", title: proxy[0] === null ? "Proxy (revoked)" : "Proxy", rows };
    }
    try {
      return { id, ...bounded(contents(object)) };
    } catch {
      // A host's object of its own kind.
      return { id, kind: "opaque", title: "Object", rows: [] };
    }
  }

  /** @param {object} object @returns {Omit<StepObject, "id">} */
  function contents(object) {
    if (isFunction(object)) return ofFunction(object);
    if (isArray(object)) {
      const rows = [];
      for (let at = 0; at < object.length && at <= MAX_ROWS; at++) rows.push(row(object, String(at)) ?? /** @type {[string, Cell]} */ ([String(at), { t: "empty", c: "nothing" }]));
      const extra = Math.max(0, object.length - rows.length);
      return { kind: "array", title: nameOf(object) ?? "Array", rows: [...rows, ...own(object, (key) => typeof key === "symbol" || !/^\d+$/.test(key))], ...(extra > 0 && { cut: extra }) };
    }
    const prototype = getPrototypeOf(object);
    if (prototype === null) return { kind: "object", title: moduleTitle(object) ?? "Object, no prototype", rows: own(object) };
    if (prototype === ObjectPrototype) return { kind: "object", title: "Object", rows: own(object) };
    return special(object) ?? ofClass(object);
  }

  /** An object of one of the language's classes. @param {object} object @returns {Omit<StepObject, "id"> | null} */
  function special(object) {
    const name = nameOf(object);
    if (is(() => apply(mapSize, object, []))) {
      /** @type {[string, Cell][]} */
      const rows = [];
      apply(mapForEach, object, [(/** @type {unknown} */ value, /** @type {unknown} */ key) => void rows.push([keyText(key), cell(value)])]);
      return { kind: "map", title: name ?? "Map", rows };
    }
    if (is(() => apply(setSize, object, []))) {
      /** @type {[string, Cell][]} */
      const rows = [];
      apply(setForEach, object, [(/** @type {unknown} */ value) => void rows.push(["", cell(value)])]);
      return { kind: "set", title: name ?? "Set", rows };
    }
    if (is(() => apply(dateValue, object, []))) {
      const isValid = !Number.isNaN(apply(dateValue, object, []));
      return { kind: "short", title: isValid ? apply(dateText, object, []) : "Invalid Date", rows: own(object) };
    }
    if (inherits(object, ErrorPrototype)) {
      /** @type {[string, Cell][]} */
      const message = [["message", cell(textOf(dataProperty(object, "message")) ?? "")]];
      return { kind: "error", title: textOf(dataProperty(object, "name")) ?? name ?? "Error", rows: [...message, ...own(object)] };
    }
    if (inherits(object, TypedArrayPrototype)) {
      const rows = [];
      const length = /** @type {number} */ (apply(typedLength, object, []));
      for (let at = 0; at < length && at <= MAX_ROWS; at++) rows.push(/** @type {[string, Cell]} */ ([String(at), primitive(/** @type {any} */ (object)[at])]));
      return { kind: "array", title: name ?? "TypedArray", rows, ...(length > rows.length && { cut: length - rows.length }) };
    }
    const promise = inherits(object, PromisePrototype) ? host.promiseDetails(/** @type {Promise<unknown>} */ (object)) : null;
    if (promise !== null) {
      const [state, value] = promise;
      return { kind: "promise", title: "Promise", rows: [state === 0 ? ["pending", { t: "", c: "nothing" }] : [state === 1 ? "fulfilled" : "rejected", cell(value)]] };
    }
    if (name === "RegExp" && getOwnPropertyDescriptor(object, "source") === undefined && getOwnPropertyDescriptor(object, "flags") === undefined) return { kind: "short", title: cut(apply(regexpSource, object, [])), rows: own(object) };
    if (name !== null && OPAQUE.has(name)) return { kind: "opaque", title: name, rows: [] };
    return null;
  }

  /** @param {object} object */
  function ofClass(object) {
    const name = nameOf(object);
    if (isModule(object)) return { kind: "module", title: "module", rows: own(object, (key) => typeof key === "string" && !OF_MODULES.includes(key)) };
    if (name === "Object") {
      // Nobody's class: what it was made from tells.
      return { kind: "object", title: "Object", rows: [...own(object), /** @type {[string, Cell]} */ (["[[Prototype]]", cell(getPrototypeOf(object))])] };
    }
    return { kind: "instance", title: name ?? "Object", rows: own(object) };
  }

  /** @param {Function} of @returns {Omit<StepObject, "id">} */
  function ofFunction(of) {
    const name = wellFormed(textOf(getOwnPropertyDescriptor(of, "name")?.value) ?? "");
    if (isClass(of)) {
      const base = getPrototypeOf(of);
      const isDerived = base !== null && base !== FunctionPrototype && isFunction(base) && host.proxyDetails(base) === undefined;
      const extended = isDerived ? ` extends ${wellFormed(textOf(getOwnPropertyDescriptor(base, "name")?.value) ?? "")}` : "";
      return { kind: "class", title: `class ${name}${extended}`, rows: own(of) };
    }
    const taken = captured.get(of);
    const rows = taken ? taken.names.map((one, at) => /** @type {[string, Cell]} */ ([one, taken.read(taken.getters[at])])) : [];
    return { kind: "function", title: name === "" ? "ƒ" : `ƒ ${name}`, rows: [...rows, ...own(of)] };
  }

  /** Rows of the enumerable properties. @param {object} object @param {(key: string | symbol) => boolean} [wanted] */
  function own(object, wanted = () => true) {
    /** @type {[string, Cell][]} */
    const rows = [];
    for (const key of ownKeys(object)) {
      if (!wanted(key)) continue;
      const found = row(object, key);
      if (found) rows.push(found);
    }
    return rows;
  }

  /** @param {object} object @param {PropertyKey} key @returns {[string, Cell] | null} null: it has none, or hides it */
  function row(object, key) {
    const text = typeof key === "symbol" ? primitive(key).t : wellFormed(String(key));
    try {
      const found = getOwnPropertyDescriptor(object, key);
      if (!found?.enumerable) return null;
      return [text, "value" in found ? cell(found.value) : { t: "(getter)", c: "getter" }];
    } catch {
      // What a module exports and has not made yet.
      return [text, { t: "⊘", c: "tdz" }];
    }
  }

  /** @param {unknown} key of a map */
  const keyText = (key) => (isObject(key) ? (isFunction(key) ? "ƒ" : `{${nameOf(key) ?? "Object"}}`) : primitive(key).t);

  /** @param {Omit<StepObject, "id">} all @returns {Omit<StepObject, "id">} */
  function bounded(all) {
    const left = all.rows.length - MAX_ROWS;
    return left > 0 ? { ...all, rows: all.rows.slice(0, MAX_ROWS), cut: (all.cut ?? 0) + left } : all;
  }

  /** @param {object} object @param {object} prototype */
  function inherits(object, prototype) {
    for (let at = getPrototypeOf(object); at !== null && host.proxyDetails(at) === undefined; at = getPrototypeOf(at)) if (at === prototype) return true;
    return false;
  }

  /** The name of an object's class as its prototypes tell it, as far as no proxy is among them. @param {object} object @returns {string | null} */
  function nameOf(object) {
    if (host.proxyDetails(object) !== undefined) return "Proxy";
    for (let at = getPrototypeOf(object); at !== null && host.proxyDetails(at) === undefined; at = getPrototypeOf(at)) {
      const constructor = getOwnPropertyDescriptor(at, "constructor")?.value;
      if (!isFunction(constructor) || host.proxyDetails(constructor) !== undefined) continue;
      const name = getOwnPropertyDescriptor(constructor, "name")?.value;
      if (typeof name === "string" && name !== "") return wellFormed(name);
    }
    return null;
  }

  /** @param {object} object @returns {string | null} */
  function moduleTitle(object) {
    return getOwnPropertyDescriptor(object, Symbol.toStringTag)?.value === "Module" ? "Module" : null;
  }

  return {
    cell,
    /** A moment begins. */
    begin() {
      met = [];
      known = new Set();
    },
    /** All that was met since, and what is reached from there. */
    objects() {
      const all = [];
      // Describing one meets others.
      for (let at = 0; at < met.length; at++) all.push(describe(met[at]));
      this.begin();
      return all;
    },
    /** @param {Function} of @param {string[]} names @param {(() => unknown)[]} getters @param {(getter: () => unknown) => Cell} read */
    closes(of, names, getters, read) {
      captured.set(of, { names, getters, read });
    },
  };
}

/** Classes whose objects show nothing of use. */
const OPAQUE = new Set("WeakMap WeakSet WeakRef ArrayBuffer SharedArrayBuffer DataView FinalizationRegistry Timeout Immediate Generator GeneratorFunction AsyncGenerator".split(" "));

/** @param {() => unknown} ask throws where it is none */
function is(ask) {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}

/** @param {object} object one of the loader's */
const isModule = (object) => ["filename", "loaded", "children", "paths"].every((key) => getOwnPropertyDescriptor(object, key) !== undefined);
