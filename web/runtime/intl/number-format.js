// Chunk "intlNumberFormat": Intl.NumberFormat, made of FormatJS's and fitted to V8's words.

/** @import { IntlKit } from "./index.js" */

import { NumberFormat } from "@formatjs/intl-numberformat";
import { unsupported } from "../errors.js";
import { checkedNumber, optionsObject, readMatcher, textOption, typeOption } from "./options.js";
import { asIcu, rangeParts } from "./number-parts.js";
import { needs } from "./packages.js";
import { UNITS } from "./units.js";

export default numberFormat;

const OF = "Intl.NumberFormat";
const ROUNDING = ["ceil", "floor", "expand", "trunc", "halfCeil", "halfFloor", "halfExpand", "halfTrunc", "halfEven"];
const INCREMENTS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000];

/** @typedef {{ type: string, value: string }} Part */

/** @param {IntlKit} kit */
export function numberFormat(kit) {
  needs.category = (locale, digits) => kit.plurals.category(locale, "cardinal", digits);
  /** @type {Map<string, string>} */
  const loaded = new Map();
  const Formatter = /** @type {any} */ (NumberFormat);

  /** Gives FormatJS the data of a locale. @param {string} locale */
  const load = (locale) => {
    if (loaded.has(locale)) return;
    Formatter.__addLocaleData({ locale, data: kit.locales.part("numbers", locale) });
    loaded.set(locale, locale);
  };

  /** The numbering system that is used, and the locale with its keyword when it comes from there. @param {string} locale @param {string | undefined} asked @param {string | undefined} keyword */
  const system = (locale, asked, keyword) => {
    const { digits } = kit.locales.about();
    const isThere = (/** @type {string | undefined} */ name) => name !== undefined && digits[name] !== undefined;
    const fallback = kit.locales.part("numbers", locale).nu[0];
    if (isThere(asked) && asked !== keyword) return { locale, system: /** @type {string} */ (asked) };
    if (isThere(keyword)) return { locale: `${locale}-u-nu-${keyword}`, system: /** @type {string} */ (keyword) };
    return { locale, system: fallback };
  };

  /** @param {unknown} locales @param {unknown} given */
  const create = (locales, given) => {
    const requested = kit.locales.canonicalList(locales);
    const options = optionsObject(given, OF);
    readMatcher(options, OF);
    const asked = typeOption(options, "numberingSystem", OF);
    const { locale, keywords } = kit.locales.resolve(requested);
    const nu = system(locale, asked, keywords.nu);
    const read = { numberingSystem: nu.system, ...readUnits(options), ...readNotation(options, OF) };
    if (read.style === "percent" && read.notation === "compact") throw unsupported("Intl.NumberFormat's percentages in compact notation");
    load(locale);
    const formatter = new Formatter(locale, read);
    return instance(kit, formatter, { locale: nu.locale, dataLocale: locale, data: kit.locales.part("numbers", locale) }, read);
  };

  return {
    create,
    system,
    /** What Intl.PluralRules rounds by. @param {any} options @param {string} of */
    digits(options, of) {
      const { useGrouping, signDisplay, compactDisplay, ...read } = readNotation(options, of);
      if (read.notation !== "standard") throw unsupported("Intl.PluralRules with a notation");
      load("en");
      const formatter = new Formatter("en", { numberingSystem: "latn", ...read, useGrouping: false });
      const { minimumIntegerDigits, minimumFractionDigits, maximumFractionDigits, minimumSignificantDigits, maximumSignificantDigits, ...rest } = formatter.resolvedOptions();
      const { roundingIncrement, roundingMode, roundingPriority, trailingZeroDisplay } = rest;
      return {
        resolved: () => ({
          ...{ minimumIntegerDigits, minimumFractionDigits, maximumFractionDigits, minimumSignificantDigits, maximumSignificantDigits },
          ...{ roundingIncrement, roundingMode, roundingPriority, trailingZeroDisplay },
        }),
        text: (/** @type {number} */ value) => formatter.format(Math.abs(value)),
      };
    },
  };
}

/** @param {any} options */
function readUnits(options) {
  const style = textOption(options, "style", ["decimal", "percent", "currency", "unit"], "decimal", OF);
  const currency = textOption(options, "currency", null, undefined, OF);
  if (currency !== undefined && !/^[a-z]{3}$/i.test(currency)) throw new RangeError(`Invalid currency code : ${currency}`);
  if (style === "currency" && currency === undefined) throw new TypeError("Currency code is required with currency style.");
  const currencyDisplay = textOption(options, "currencyDisplay", ["code", "symbol", "narrowSymbol", "name"], "symbol", OF);
  const currencySign = textOption(options, "currencySign", ["standard", "accounting"], "standard", OF);
  const unit = textOption(options, "unit", null, undefined, OF);
  if (style === "unit" && unit === undefined) throw new TypeError(`Invalid unit argument for ${OF}() ''`);
  if (unit !== undefined && !isUnit(unit)) throw new RangeError(`Invalid unit argument for ${OF}() '${unit}'`);
  const unitDisplay = textOption(options, "unitDisplay", ["short", "narrow", "long"], "short", OF);
  if (style === "currency") return { style, currency: currency.toUpperCase(), currencyDisplay, currencySign };
  return style === "unit" ? { style, unit, unitDisplay } : { style };
}

/** @param {string} unit */
function isUnit(unit) {
  const [one, per, ...rest] = unit.split("-per-");
  return rest.length === 0 && UNITS.includes(one) && (per === undefined || UNITS.includes(per));
}

/** How digits are chosen and written. @param {any} options @param {string} of */
function readNotation(options, of) {
  const notation = textOption(options, "notation", ["standard", "scientific", "engineering", "compact"], "standard", of);
  const minimumIntegerDigits = checkedNumber(options.minimumIntegerDigits, "minimumIntegerDigits", 1, 21, undefined);
  const minimumFractionDigits = checkedNumber(options.minimumFractionDigits, "minimumFractionDigits", 0, 100, undefined);
  const maximumFractionDigits = checkedNumber(options.maximumFractionDigits, "maximumFractionDigits", 0, 100, undefined);
  if (/** @type {any} */ (minimumFractionDigits) > /** @type {any} */ (maximumFractionDigits)) throw new RangeError("maximumFractionDigits value is out of range.");
  const minimumSignificantDigits = checkedNumber(options.minimumSignificantDigits, "minimumSignificantDigits", 1, 21, undefined);
  const maximumSignificantDigits = checkedNumber(options.maximumSignificantDigits, "maximumSignificantDigits", 1, 21, undefined);
  if (/** @type {any} */ (minimumSignificantDigits) > /** @type {any} */ (maximumSignificantDigits)) throw new RangeError("maximumSignificantDigits value is out of range.");
  const roundingIncrement = checkedNumber(options.roundingIncrement, "roundingIncrement", 1, 5000, undefined);
  if (roundingIncrement !== undefined && !INCREMENTS.includes(roundingIncrement)) throw new RangeError("roundingIncrement value is out of range.");
  const roundingMode = textOption(options, "roundingMode", ROUNDING, undefined, of);
  const roundingPriority = textOption(options, "roundingPriority", ["auto", "morePrecision", "lessPrecision"], undefined, of);
  const trailingZeroDisplay = textOption(options, "trailingZeroDisplay", ["auto", "stripIfInteger"], undefined, of);
  const compactDisplay = textOption(options, "compactDisplay", ["short", "long"], "short", of);
  const useGrouping = readGrouping(options, of);
  const signDisplay = textOption(options, "signDisplay", ["auto", "never", "always", "exceptZero", "negative"], undefined, of);
  const all = { notation, minimumIntegerDigits, minimumFractionDigits, maximumFractionDigits, minimumSignificantDigits, maximumSignificantDigits };
  return { ...all, roundingIncrement, roundingMode, roundingPriority, trailingZeroDisplay, compactDisplay, useGrouping, signDisplay };
}

/** @param {any} options @param {string} of */
function readGrouping(options, of) {
  const { useGrouping } = options;
  if (useGrouping === undefined) return undefined;
  if (useGrouping === true) return "always";
  if (!useGrouping) return false;
  const text = String(useGrouping);
  if (text === "true" || text === "false") return undefined;
  if (!["min2", "auto", "always"].includes(text)) throw new RangeError(`Value ${text} out of range for ${of} options property useGrouping`);
  return text;
}

/** Numbers as they are given: strings keep all their digits. @param {unknown} value */
function numeric(value) {
  const primitive = typeof value === "object" && value !== null ? toPrimitive(value) : value;
  if (typeof primitive === "bigint") return primitive;
  if (typeof primitive === "symbol") throw new TypeError("Cannot convert a Symbol value to a number");
  if (typeof primitive !== "string") return Number(primitive);
  const text = primitive.trim();
  if (/^[+-]?\d{16,}$/.test(text)) return BigInt(text.replace("+", ""));
  return /^[+-]?\d*\.?\d+$/.test(text) && text.length > 16 ? text : Number(primitive);
}

/** @param {any} value */
function toPrimitive(value) {
  const convert = value[Symbol.toPrimitive];
  if (typeof convert === "function") return convert.call(value, "number");
  const first = value.valueOf();
  return typeof first === "object" ? value.toString() : first;
}

/** @param {IntlKit} kit @param {any} formatter FormatJS's @param {{ locale: string, dataLocale: string, data: any }} of @param {any} read */
function instance(kit, formatter, { locale, dataLocale, data }, read) {
  const digits = [...kit.locales.about().digits[read.numberingSystem]];
  const [language] = dataLocale.split("-");
  const parts = (/** @type {unknown} */ value) => asIcu(formatter.formatToParts(numeric(value)), read, data, digits, language);
  const range = (/** @type {unknown} */ from, /** @type {unknown} */ to) => {
    if (from === undefined) throw new TypeError("Invalid start : undefined");
    if (to === undefined) throw new TypeError("Invalid end : undefined");
    const [start, end] = [numeric(from), numeric(to)];
    if (Number.isNaN(start)) throw new RangeError("Invalid start : NaN");
    if (Number.isNaN(end)) throw new RangeError("Invalid end : NaN");
    return /** @type {const} */ ([start, end]);
  };
  /** The digits that a plural form is chosen by. @param {unknown} value */
  const plain = (value) => {
    const found = parts(value);
    const latin = (/** @type {string} */ text) => [...text].map((digit) => (digits.includes(digit) ? String(digits.indexOf(digit)) : digit)).join("");
    const of = (/** @type {string} */ type) => latin(found.filter((part) => part.type === type).map((part) => part.value).join(""));
    const fraction = of("fraction");
    return fraction ? `${of("integer")}.${fraction}` : of("integer") || "0";
  };
  /** @param {unknown} given @param {unknown} givenEnd @returns {(Part & { source: string })[]} */
  const partsOfRange = (given, givenEnd) => {
    const [from, to] = range(given, givenEnd);
    const own = rangeParts(kit, read, data, dataLocale, { parts: parts(from), plain: plain(from) }, { parts: parts(to), plain: plain(to) });
    return own ?? asIcu(formatter.formatRangeToParts(from, to), read, data, digits, language);
  };
  return {
    format: (/** @type {unknown} */ value) => parts(value).map((/** @type {Part} */ part) => part.value).join(""),
    formatToParts: parts,
    formatRange: (/** @type {unknown} */ from, /** @type {unknown} */ to) => partsOfRange(from, to).map(({ value }) => value).join(""),
    formatRangeToParts(/** @type {unknown} */ from, /** @type {unknown} */ to) {
      const all = partsOfRange(from, to);
      // V8 tells other sources where a blank has been put between letters and digits.
      if (all.some(({ type, value }) => type === "currency" && /[A-Z]/.test(value))) throw unsupported("Intl.NumberFormat's formatRangeToParts with such a currency");
      return all;
    },
    plain,
    resolved: () => ({ ...formatter.resolvedOptions(), locale }),
  };
}
