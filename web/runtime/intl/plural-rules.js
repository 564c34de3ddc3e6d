// Intl.PluralRules: CLDR's rules, read as the text that they are.

/** @import { IntlKit } from "./index.js" */

import { optionsObject, readMatcher, textOption } from "./options.js";

const ORDER = ["zero", "one", "two", "few", "many", "other"];

/** @param {() => IntlKit} kit */
export function createPlurals(kit) {
  /** By type and language. @type {Map<string, [string, (operands: Operands) => boolean][]>} */
  const compiled = new Map();
  const data = () => kit().locales.read("plurals");
  /** @param {string} locale @param {"cardinal" | "ordinal"} type */
  const rules = (locale, type) => {
    const table = data()[type];
    const language = locale.split("-").length > 1 && table[locale] ? locale : locale.split("-")[0];
    const key = `${type}/${language}`;
    const known = compiled.get(key);
    if (known) return known;
    const found = Object.entries(table[language] ?? { other: "" }).map(([name, rule]) => /** @type {[string, (operands: Operands) => boolean]} */ ([name, compile(String(rule))]));
    compiled.set(key, found);
    return found;
  };
  return {
    /** @param {string} locale @param {"cardinal" | "ordinal"} type @param {string} digits plain decimal digits, without a sign @param {number} [exponent] */
    category(locale, type, digits, exponent = 0) {
      const operands = operandsOf(digits, exponent);
      return rules(locale, type).find(([name, matches]) => name !== "other" && matches(operands))?.[0] ?? "other";
    },
    /** @param {string} locale @param {"cardinal" | "ordinal"} type */
    categories(locale, type) {
      const names = rules(locale, type).map(([name]) => name);
      return ORDER.filter((name) => names.includes(name));
    },
    /** ICU has ranges of ordinals by the same table. @param {string} locale @param {string} from @param {string} to categories */
    range(locale, from, to) {
      return data().ranges[locale.split("-")[0]]?.[`${from}_${to}`] ?? "other";
    },
  };
}

/** @typedef {Record<string, number>} Operands */

/** @param {string} digits @param {number} exponent @returns {Operands} */
function operandsOf(digits, exponent) {
  const [whole, fraction = ""] = digits.split(".");
  const significant = fraction.replace(/0+$/, "");
  return { n: Number(digits), i: Number(whole), v: fraction.length, w: significant.length, f: Number(fraction), t: Number(significant), c: exponent, e: exponent };
}

/** `n % 10 = 2..4 and v != 0 or …` @param {string} rule @returns {(operands: Operands) => boolean} */
function compile(rule) {
  const alternatives = rule.split(" or ").map((alternative) => alternative.split(" and ").map(relation));
  return (operands) => alternatives.some((relations) => relations.every((holds) => holds(operands)));
}

/** @param {string} text @returns {(operands: Operands) => boolean} */
function relation(text) {
  const [, operand, modulus, sign, list] = /^\s*([nivwftce])(?:\s*%\s*(\d+))?\s*(!?=)\s*(.+?)\s*$/.exec(text) ?? [];
  if (operand === undefined) return () => true;
  const ranges = list.split(",").map((range) => range.trim().split("..").map(Number));
  return (operands) => {
    const value = modulus === undefined ? operands[operand] : operands[operand] % Number(modulus);
    const isIn = ranges.some(([from, to = from]) => value >= from && value <= to && (from === to || Number.isInteger(value)));
    return isIn === (sign === "=");
  };
}

/** @param {IntlKit} kit @returns {import("./classes.js").Shape} */
export function pluralRules(kit) {
  const of = "Intl.PluralRules";
  /** @type {Set<string> | undefined} */
  let languages;
  const available = () => (languages ??= new Set([...Object.keys(kit.locales.read("plurals").cardinal), "no"]));
  return {
    name: "PluralRules",
    create(locales, given) {
      const requested = kit.locales.canonicalList(locales);
      const options = optionsObject(given, of);
      readMatcher(options, of);
      const type = textOption(options, "type", ["cardinal", "ordinal"], "cardinal", of);
      const { locale } = kit.locales.resolve(requested, available());
      const digits = kit.numbers().digits(options, of);
      return { locale, type, digits };
    },
    resolved({ locale, type, digits }) {
      const { minimumIntegerDigits, minimumFractionDigits, maximumFractionDigits, minimumSignificantDigits, maximumSignificantDigits, ...rounding } = digits.resolved();
      return {
        locale,
        type,
        minimumIntegerDigits,
        ...(minimumFractionDigits === undefined ? {} : { minimumFractionDigits, maximumFractionDigits }),
        ...(minimumSignificantDigits === undefined ? {} : { minimumSignificantDigits, maximumSignificantDigits }),
        pluralCategories: kit.plurals.categories(locale, type),
        ...rounding,
      };
    },
    methods: {
      select: [1, (slots, value) => select(kit, slots, Number(value))],
      selectRange: [
        2,
        (slots, from, to) => {
          if (from === undefined) throw new TypeError("Invalid startRange : undefined");
          if (to === undefined) throw new TypeError("Invalid endRange : undefined");
          const [start, end] = [Number(from), Number(to)];
          if (Number.isNaN(start)) throw new RangeError("Invalid startRange : NaN");
          if (Number.isNaN(end)) throw new RangeError("Invalid endRange : NaN");
          return kit.plurals.range(slots.locale, select(kit, slots, start), select(kit, slots, end));
        },
      ],
    },
  };
}

/** @param {IntlKit} kit @param {any} slots @param {number} value */
function select(kit, { locale, type, digits }, value) {
  if (!Number.isFinite(value)) return "other";
  return kit.plurals.category(locale, type, digits.text(value));
}
