// What Node's own code takes for the language's built-ins, under Node's names for them: `ArrayPrototypeMap(array, f)`.
// A name is worked out when it is asked for, since the formatter asks for a tenth of what the language has.

const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, setPrototypeOf, defineProperty } = Reflect;
const { call, bind } = Function.prototype;
const { push } = Array.prototype;
const stringIterator = String.prototype[Symbol.iterator];

/** A method as a function whose first argument is `this`. @type {(method: Function) => Function} */
const uncurryThis = apply(bind, bind, [call]);

/** @type {Record<string, unknown>} */
const OTHERS = {
  globalThis,
  uncurryThis,
  TypedArray: getPrototypeOf(Uint8Array),
  ArrayPrototypePushApply: (/** @type {unknown[]} */ array, /** @type {unknown[]} */ items) => apply(push, array, items),
  SafeMap: withOwnMethods(Map),
  SafeSet: withOwnMethods(Set),
  /** @param {string} text */
  SafeStringIterator: function (text) {
    return apply(stringIterator, text, []);
  },
  internalBinding: () => ({ hasIntl: false }),
};

/** An owner's name, of its prototype or itself, and what the property is called there. */
const NAME = /^(TypedArray|AggregateError|ArrayBuffer|[A-Z][a-z]+(?:Error|View|Int|Map|Set|Exp)?\d*(?:Array)?|JSON)(Prototype)?(.*)$/;

/** @param {string} name */
function resolve(name) {
  if (Object.hasOwn(OTHERS, name)) return OTHERS[name];
  const [, owner, prototype, key] = NAME.exec(name) ?? [];
  const holder = OTHERS[owner] ?? /** @type {any} */ (globalThis)[owner];
  const target = prototype ? holder?.prototype : holder;
  if (!key) return target;
  const found = target && (descriptor(target, key) ?? (key.startsWith("Get") ? descriptor(target, key.slice("Get".length)) : undefined));
  const value = found?.get ?? found?.value;
  return prototype && typeof value === "function" ? uncurryThis(value) : value;
}

/** @param {object} target @param {string} key beginning with a capital */
function descriptor(target, key) {
  const isSymbol = key.startsWith("Symbol");
  const name = isSymbol ? key.slice("Symbol".length) : key;
  const lower = name.slice(0, 1).toLowerCase() + name.slice(1);
  return getOwnPropertyDescriptor(target, isSymbol ? /** @type {any} */ (Symbol)[lower] : lower);
}

/** A subclass that keeps working when the author changes the class's prototype. @param {MapConstructor | SetConstructor} Base */
function withOwnMethods(Base) {
  class Safe extends /** @type {any} */ (Base) {}
  for (const key of ownKeys(Base.prototype)) {
    const found = getOwnPropertyDescriptor(Base.prototype, key);
    if (key !== "constructor" && found) defineProperty(Safe.prototype, key, found);
  }
  setPrototypeOf(Safe.prototype, null);
  return Safe;
}

export const primordials = new Proxy({}, { get: (_, name) => resolve(String(name)) });
