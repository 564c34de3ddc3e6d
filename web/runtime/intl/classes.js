// The constructors of Intl as programs see them: names, lengths, what they may be called on, and V8's words.

/** @import { createLocales } from "./locales.js" */

import { hide } from "../values.js";

/**
 * @typedef {object} Shape
 * @property {string} name
 * @property {number} [length]
 * @property {boolean} [callable] without `new` too
 * @property {(locales: any, options: any) => any} create gives what an instance holds
 * @property {(slots: any) => object} [resolved] resolvedOptions; none: Intl.Locale
 * @property {Record<string, [number, (slots: any, ...args: any[]) => unknown]>} [methods] length, work
 * @property {Record<string, [number, (slots: any, ...args: any[]) => unknown]>} [bound] getters of a function that needs no `this`
 * @property {Record<string, (slots: any) => unknown>} [getters]
 * @property {string[]} [order] of the prototype's properties, where it is not methods, bound, getters
 * @property {Set<string>} [available] fewer locales than all
 */

/** What an instance holds. @type {WeakMap<object, any>} */
const held = new WeakMap();
const { defineProperty } = Object;

/** @param {unknown} value */
export const slotsOf = (value) => (typeof value === "object" && value !== null ? held.get(value) : undefined);

/** @param {object} Intl @param {ReturnType<typeof createLocales>} locales @param {Shape[]} shapes */
export function defineClasses(Intl, locales, shapes) {
  for (const shape of shapes) hide(Intl, shape.name, defineClass(shape, locales));
}

/** @param {Shape} shape @param {ReturnType<typeof createLocales>} locales */
function defineClass(shape, locales) {
  const { name, create } = shape;
  /** Which instances are of this class. @type {WeakSet<object>} */
  const instances = new WeakSet();
  const Class = {
    /** @param {unknown[]} args @returns {object} */
    [name]: function (...args) {
      if (!new.target && !shape.callable) throw new TypeError(`Constructor Intl.${name} requires 'new'`);
      const { prototype } = new.target ?? Class;
      const self = Object.create(typeof prototype === "object" && prototype !== null ? prototype : Class.prototype);
      held.set(self, create(args[0], args[1]));
      instances.add(self);
      return self;
    },
  }[name];
  defineProperty(Class, "length", { value: shape.length ?? 0, configurable: true });
  defineProperty(Class, "prototype", { writable: false });
  const { prototype } = Class;
  const slots = (/** @type {any} */ self, /** @type {string} */ method) => {
    if (typeof self !== "object" || self === null || !instances.has(self)) throw new TypeError(`Method ${method} called on incompatible receiver ${shown(self)}`);
    return held.get(self);
  };
  /** @type {Record<string, () => void>} */
  const define = {};
  const addMethod = (/** @type {string} */ key, /** @type {number} */ length, /** @type {(slots: any, ...args: any[]) => unknown} */ work) => {
    define[key] = () => hide(prototype, key, method(key, length, (self, args) => work(slots(self, `Intl.${name}.prototype.${key}`), ...args)));
  };
  if (shape.resolved) addMethod("resolvedOptions", 0, shape.resolved);
  for (const [key, [length, work]] of Object.entries(shape.methods ?? {})) addMethod(key, length, work);
  for (const [key, [length, work]] of Object.entries(shape.bound ?? {})) {
    /** One function for each instance. @type {WeakMap<object, Function>} */
    const functions = new WeakMap();
    define[key] = () =>
      getter(prototype, key, (self) => {
        const own = slots(self, name === "Collator" ? "get Intl.Collator.prototype.compare" : `Unwrap${name}`);
        if (!functions.has(self)) functions.set(self, method("", length, (_self, args) => work(own, ...args)));
        return functions.get(self);
      });
  }
  for (const [key, work] of Object.entries(shape.getters ?? {})) {
    define[key] = () => getter(prototype, key, (self) => work(slots(self, `get Intl.${name}.prototype.${key}`)));
  }
  for (const key of shape.order ?? Object.keys(define)) define[key]();
  defineProperty(prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true });
  hide(prototype, "constructor", Class);
  if (shape.resolved) {
    hide(Class, "supportedLocalesOf", method("supportedLocalesOf", 1, (_self, [list, options]) => locales.supported(list, options, `Intl.${name}`, shape.available)));
  }
  return Class;
}

/** A function that is no constructor. @param {string} name @param {number} length @param {(self: any, args: any[]) => unknown} work */
function method(name, length, work) {
  const { made } = {
    /** @this {unknown} @param {unknown[]} args */
    made(...args) {
      return work(this, args);
    },
  };
  defineProperty(made, "name", { value: name, configurable: true });
  defineProperty(made, "length", { value: length, configurable: true });
  return made;
}

/** @param {object} prototype @param {string} key @param {(self: any) => unknown} work */
function getter(prototype, key, work) {
  const { get } = {
    /** @this {unknown} */
    get() {
      return work(this);
    },
  };
  defineProperty(get, "name", { value: `get ${key}`, configurable: true });
  defineProperty(prototype, key, { get, configurable: true });
}

/** As V8 tells a receiver. @param {any} value */
const shown = (value) => {
  if (typeof value !== "object" || value === null) return String(value);
  const name = value.constructor?.name;
  return name === undefined || Array.isArray(value) || value instanceof Date ? Object.prototype.toString.call(value) : `#<${name}>`;
};
