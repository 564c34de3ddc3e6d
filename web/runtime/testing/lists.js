// Lists that no program can reach into: what it has put on Array.prototype is not asked.

const { defineProperty } = Reflect;

/** @template T @param {T[]} list @param {T} item */
export function add(list, item) {
  const { length } = list;
  /** @type {any} */
  const descriptor = { __proto__: null, value: item, writable: true, enumerable: true, configurable: true };
  defineProperty(list, length, descriptor);
}

/** @template T @param {T[]} list @param {T} item */
export function remove(list, item) {
  const at = list.lastIndexOf(item);
  if (at >= 0) list.splice(at, 1);
}
