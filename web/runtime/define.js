// Properties that are defined while a program runs: their descriptors inherit nothing, or a `get` that the program gave to
// all objects would make those refused that have a value.

const { defineProperty: define, setPrototypeOf } = Object;

/**
 * @template {PropertyDescriptor | undefined} T
 * @param {T} descriptor
 * @returns {T}
 */
export const bare = (descriptor) => (descriptor ? setPrototypeOf(descriptor, null) : descriptor);

/**
 * `Object.defineProperty` of a descriptor that is made for it.
 * @template T
 * @param {T} object @param {PropertyKey} key @param {PropertyDescriptor} descriptor
 * @returns {T}
 */
export const defineProperty = (object, key, descriptor) => define(object, key, bare(descriptor));
