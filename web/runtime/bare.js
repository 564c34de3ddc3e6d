// Descriptors of properties that are defined while a program runs.

const { setPrototypeOf } = Object;

/**
 * The descriptor, which inherits nothing any more: a `get` that the program gave to all objects would make it one that is
 * refused.
 * @template {PropertyDescriptor | undefined} T
 * @param {T} descriptor
 * @returns {T}
 */
export const bare = (descriptor) => (descriptor ? setPrototypeOf(descriptor, null) : descriptor);
