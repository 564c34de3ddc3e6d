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
 * An object that ends the program when anything is asked of it, printing included.
 * @param {Kit} kit
 * @param {string} what
 */
export function lackingObject(kit, what) {
  const end = () => kit.unsupported(what);
  const traps = Object.getOwnPropertyNames(Reflect).filter((name) => isFunction(Reflect.get(Reflect, name)));
  const handler = Object.fromEntries(traps.map((name) => [name, end]));
  // util.inspect looks behind proxies.
  return new Proxy({ [Symbol.for("nodejs.util.inspect.custom")]: end }, handler);
}
