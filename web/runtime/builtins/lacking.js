// What Node does by the network, by threads or inside V8: it is there by name, so that it can be imported, and ends the
// program as unsupported when it is used.

/** @import { Kit } from "../kit.js" */

import { isFunction, named } from "../values.js";

/**
 * A function or class of that name, which can be called, constructed and extended.
 * @param {Kit} kit
 * @param {string} what as the outcome names it, e.g. "node:net.connect"
 */
export function lackingFunction(kit, what) {
  return named(what.slice(what.lastIndexOf(".") + 1), /** @this {unknown} */ function () {
    kit.unsupported(what);
  });
}

/**
 * Such functions by their names.
 * @param {Kit} kit
 * @param {string} module e.g. "node:net"
 * @param {string} names
 * @returns {Record<string, any>}
 */
export function lackingFunctions(kit, module, names) {
  return Object.fromEntries(names.split(" ").map((name) => [name, lackingFunction(kit, `${module}.${name}`)]));
}

/**
 * Gives a module objects that end the program when anything is asked of them, printing included. They are accessors, so
 * that what looks at the whole module asks nothing of them.
 * @template {object} M
 * @param {Kit} kit
 * @param {string} module e.g. "node:http"
 * @param {string[]} names
 * @param {M} exports
 * @returns {M}
 */
export function withLackingObjects(kit, module, names, exports) {
  for (const name of names) {
    const end = () => kit.unsupported(`${module}.${name}`);
    const value = lackingObject(end);
    Object.defineProperty(exports, name, { get: () => value, set: end, enumerable: true, configurable: true });
  }
  return exports;
}

/** @param {() => never} end */
function lackingObject(end) {
  const traps = Object.getOwnPropertyNames(Reflect).filter((name) => isFunction(Reflect.get(Reflect, name)));
  const handler = Object.fromEntries(traps.map((name) => [name, end]));
  // util.inspect looks behind proxies.
  return new Proxy({ [Symbol.for("nodejs.util.inspect.custom")]: end }, handler);
}
