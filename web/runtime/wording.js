// QuickJS's words for the commonest failures, put into V8's, since tutorials state V8's.
// Only what QuickJS's own text is enough for; the judge compares the rest by class of message.

/** @type {[RegExp, string][]} */
const V8_WORDS = [
  [/^cannot read property 'Symbol\.iterator' of (undefined|null)$/, "$1 is not iterable"],
  [/^cannot read property '(.*)' of (undefined|null)$/s, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot set property '(.*)' of (undefined|null)$/s, "Cannot set properties of $2 (setting '$1')"],
  [/^(\S+) is not initialized$/, "Cannot access '$1' before initialization"],
  [/^cannot convert BigInt to number$/, "Cannot mix BigInt and other types, use explicit conversions"],
  [/^BigInt division by zero$/, "Division by zero"],
  [/^cannot convert symbol to (string|number)$/, "Cannot convert a Symbol value to a $1"],
  [/^toPrimitive$/, "Cannot convert object to primitive value"],
  [/^invalid array length$/, "Invalid array length"],
  [/^invalid number of digits$/, "toFixed() digits argument must be between 0 and 100"],
  [/^empty array$/, "Reduce of empty array with no initial value"],
  [/^BigInt are forbidden in JSON\.stringify$/, "Do not know how to serialize a BigInt"],
  [/^Date value is NaN$/, "Invalid time value"],
  [/^expecting hex digit$/, "URI malformed"],
  [/^cannot invoke a running generator$/, "Generator is already running"],
  [/^object is not extensible$/, "Cannot add property, object is not extensible"],
  [/^'this' can be initialized only once$/, "Super constructor may only be called once"],
  [/^circular prototype chain$/, "Cyclic __proto__ value"],
];

/** Names of errors that an engine makes itself. */
const ENGINE_ERRORS = new Set(["TypeError", "ReferenceError", "RangeError", "URIError", "SyntaxError"]);

/**
 * Called while an error's stack is made, before the author can see the error.
 * @param {Error} error
 */
export function rewordError(error) {
  const own = Object.getOwnPropertyDescriptor(error, "message");
  if (!own || typeof own.value !== "string" || !own.configurable || !ENGINE_ERRORS.has(error.name)) return;
  for (const [words, v8] of V8_WORDS) {
    if (!words.test(own.value)) continue;
    Object.defineProperty(error, "message", { ...own, value: own.value.replace(words, v8) });
    return;
  }
}
