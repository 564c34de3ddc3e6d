// The options of Intl's constructors, read in the specification's way and refused in V8's words.

/**
 * @param {any} options @param {string} of "Intl.NumberFormat"
 * @returns {any} an object
 */
export function optionsObject(options, of) {
  if (options === undefined) return Object.create(null);
  if (options === null) throw new TypeError(`${of} called on null or undefined`);
  return Object(options);
}

/** For the newer constructors, which take no primitives. @param {any} options */
export function strictOptions(options) {
  if (options === undefined) return Object.create(null);
  if ((typeof options !== "object" || options === null) && typeof options !== "function") throw new TypeError("invalid_argument");
  return options;
}

/**
 * @template {string} T
 * @param {any} options @param {string} name
 * @param {readonly T[] | null} values null: any
 * @param {any} fallback @param {string} of
 * @returns {any}
 */
export function textOption(options, name, values, fallback, of) {
  const value = options[name];
  if (value === undefined) return fallback;
  const text = String(value);
  if (values !== null && !values.includes(/** @type {T} */ (text))) throw new RangeError(`Value ${text} out of range for ${of} options property ${name}`);
  return text;
}

/** @param {any} options @param {string} name @param {any} fallback */
export function flagOption(options, name, fallback) {
  const value = options[name];
  return value === undefined ? fallback : Boolean(value);
}

/** @param {any} options @param {string} name @param {number} min @param {number} max @param {any} fallback */
export function numberOption(options, name, min, max, fallback) {
  return checkedNumber(options[name], name, min, max, fallback);
}

/** @param {unknown} value @param {string} name @param {number} min @param {number} max @param {any} fallback */
export function checkedNumber(value, name, min, max, fallback) {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!(number >= min && number <= max)) throw new RangeError(`${name} value is out of range.`);
  return Math.floor(number);
}

/** @param {any} options @param {string} of */
export const readMatcher = (options, of) => textOption(options, "localeMatcher", ["lookup", "best fit"], "best fit", of);

/** A type of Unicode's extensions: of parts of three to eight letters or digits. */
const TYPE = /^[a-z0-9]{3,8}(-[a-z0-9]{3,8})*$/i;

/** @param {any} options @param {string} name @param {string} of */
export function typeOption(options, name, of) {
  const value = textOption(options, name, null, undefined, of);
  if (value !== undefined && !TYPE.test(value)) throw new RangeError(of === "" ? "Incorrect locale information provided" : `Invalid ${name} : ${value}`);
  return value === undefined ? undefined : value.toLowerCase();
}
