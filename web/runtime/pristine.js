// The language's own methods and functions as they were when this chunk was loaded. The build writes their use into the
// runtime's sources (build/pristine-calls.mjs), where they are called as ever.

const { apply, getPrototypeOf } = Reflect;
const { hasOwn } = Object;
const { exec } = RegExp.prototype;
const StringPrototype = String.prototype;
const OWNERS = /** @type {any[]} */ ([Array, String, Map, Set, WeakMap, WeakSet, RegExp, Function].map(({ prototype }) => prototype));

/**
 * A method as a function whose first argument is `this`. Of an object that is of none of these classes itself, it is
 * what the object has under the name.
 * @param {string} name
 */
export function method(name) {
  const owners = OWNERS.filter((owner) => hasOwn(owner, name));
  const natives = owners.map((owner) => (name === "test" ? test : owner[name]));
  return (/** @type {any} */ self, /** @type {unknown[]} */ ...args) => {
    const prototype = typeof self === "string" ? StringPrototype : self === null || (typeof self !== "object" && typeof self !== "function") ? null : getPrototypeOf(self);
    for (let at = 0; at < owners.length; at++) if (owners[at] === prototype) return apply(natives[at], self, args);
    return apply(self[name], self, args);
  };
}

/** `test` asks the regular expression for its `exec`. @this {RegExp} @param {string} text */
function test(text) {
  return apply(exec, this, [text]) !== null;
}

/** @param {any} holder @param {string} name */
export const taken = (holder, name) => holder[name];
