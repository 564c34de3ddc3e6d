// What ICU does otherwise than FormatJS with the parts of a number, and ranges of numbers.

/** @import { IntlKit } from "./index.js" */

import { unsupported } from "../errors.js";
import { inDigits } from "./dates/fields.js";
import { joinedLiterals } from "./parts.js";

/** @typedef {{ type: string, value: string }} Part */

const MARKS = /^([\u200e\u200f\u061c]*)(.*?)([\u200e\u200f\u061c]*)$/su;
const SIGNS = new Set(["minusSign", "plusSign", "percentSign", "currency"]);

/**
 * @template {Part} P
 * @param {P[]} parts FormatJS's @param {any} read the options @param {any} data the locale's part @param {string[]} digits
 * @param {string} language
 * @returns {P[]}
 */
export function asIcu(parts, read, data, digits, language) {
  let all = joinedLiterals(parts.flatMap((part) => (SIGNS.has(part.type) ? withoutMarks(part) : [part])));
  if (digits[0] !== "0") all = all.map((part) => (part.type === "exponentInteger" ? { ...part, value: inDigits(part.value, digits) } : part));
  if (read.style === "currency") all = asCurrency(all, read, data, language);
  return read.notation === "compact" ? asCompact(all, read, data) : all;
}

/** Marks of direction are texts of their own. @template {Part} P @param {P} part @returns {P[]} */
function withoutMarks(part) {
  const [, before, sign, after] = /** @type {string[]} */ (MARKS.exec(part.value));
  return [
    { ...part, type: "literal", value: before },
    { ...part, value: sign },
    { ...part, type: "literal", value: after },
  ].filter(({ value }) => value !== "");
}

/** @template {Part} P @param {P[]} parts @param {any} read @param {any} data @param {string} language @returns {P[]} */
function asCurrency(parts, read, data, language) {
  const isFinite = !parts.some(({ type }) => type === "nan" || type === "infinity");
  if (read.currencyDisplay === "name") {
    // The data has one pattern for all plural forms, and Romanian has two.
    if (language !== "ro" || !isFinite) return parts;
    const whole = Number(parts.filter(({ type }) => type === "integer").map(({ value }) => value).join(""));
    const isOther = !parts.some(({ type }) => type === "fraction") && whole > 0 && (whole % 100 === 0 || whole % 100 >= 20);
    return isOther ? parts : parts.map((part) => (part.type === "literal" ? { ...part, value: part.value.replace(" de ", " ") } : part));
  }
  // A blank that only stands between letters and digits is not there without digits.
  const pattern = String(data.numbers.currency[read.numberingSystem]?.standard ?? data.numbers.currency.latn.standard);
  if (isFinite || /\s¤|¤\s/u.test(pattern)) return parts;
  return parts.filter(({ type, value }) => type !== "literal" || value.trim() !== "");
}

/** @template {Part} P @param {P[]} parts @param {any} read @param {any} data @returns {P[]} */
function asCompact(parts, read, data) {
  const integers = parts.filter(({ type }) => type === "integer");
  // ICU groups them; what there is for small numbers is grouped here too.
  if (integers.some(({ value }) => value.length > 4)) throw unsupported("Intl.NumberFormat's compact notation of numbers that large");
  const exact = Object.entries(data.exact[read.compactDisplay])[0];
  if (exact === undefined || read.style === "currency" || integers[0]?.value !== "1" || parts.some(({ type }) => type === "fraction")) return parts;
  const compact = parts.find(({ type }) => type === "compact");
  const [key, text] = exact;
  const forms = data.numbers.decimal.latn[read.compactDisplay][key];
  const isThat = compact !== undefined && Object.values(forms).some((form) => String(form).replace(/^[0\s]+/, "") === compact.value);
  if (!isThat) return parts;
  return parts.flatMap((part) => (part === compact ? [{ ...part, value: String(text) }] : part.type === "integer" || part.type === "literal" ? [] : [part]));
}

const NUMBER = new Set(["integer", "group", "decimal", "fraction", "minusSign", "plusSign", "nan", "infinity", "exponentSeparator", "exponentMinusSign", "exponentInteger"]);

/**
 * A range in the ways in which FormatJS does not collapse it as ICU does; null: it does.
 * @param {IntlKit} kit @param {any} read @param {any} data @param {string} locale
 * @param {{ parts: Part[], plain: string }} from @param {{ parts: Part[], plain: string }} to
 * @returns {(Part & { source: string })[] | null}
 */
export function rangeParts(kit, read, data, locale, from, to) {
  const text = (/** @type {Part[]} */ parts) => parts.map(({ value }) => value).join("");
  const hasSign = [...from.parts, ...to.parts].some(({ type }) => type === "minusSign" || type === "plusSign");
  const isAccounting = read.style === "currency" && read.currencySign === "accounting";
  if ((hasSign && (read.style === "unit" || ![undefined, "auto", "never"].includes(read.signDisplay))) || isAccounting) throw unsupported("Intl.NumberFormat's ranges with such signs");
  const isCompact = read.notation === "compact";
  const hasCompact = (/** @type {Part[]} */ parts) => parts.find(({ type }) => type === "compact")?.value;
  const separator = String(data.numbers.symbols[read.numberingSystem]?.rangeSign ?? data.numbers.symbols.latn.rangeSign ?? "–");
  const of = (/** @type {Part[]} */ parts, /** @type {string} */ source) => parts.map((part) => ({ ...part, source }));
  const shared = (/** @type {string} */ value) => ({ type: "literal", value, source: "shared" });
  const apart = () => [...of(from.parts, "startRange"), shared(` ${separator.trim()} `), ...of(to.parts, "endRange")];
  if (text(from.parts) === text(to.parts)) return null;
  if (read.notation === "scientific" || read.notation === "engineering") {
    if (read.style !== "decimal") throw unsupported("Intl.NumberFormat's ranges in such a notation");
    return apart();
  }
  if (isCompact && hasCompact(from.parts) !== hasCompact(to.parts)) {
    if (read.style !== "currency") return null;
    return apart();
  }
  const isMarked = read.style === "currency" && read.currencyDisplay !== "name" && from.parts[0].type === "literal" && to.parts[0].type === "literal";
  if ((read.style !== "unit" && !isMarked) || isCompact) return null;
  const category = (/** @type {string} */ digits) => kit.plurals.category(locale, "cardinal", digits);
  const [first, second] = [category(from.plain), category(to.plain)];
  const whole = kit.plurals.range(locale, first, second);
  const model = isMarked || whole === second ? to : whole === first ? from : null;
  if (model === null) throw unsupported("Intl.NumberFormat's ranges with such plural forms");
  const numbers = (/** @type {Part[]} */ parts) => {
    const places = parts.flatMap(({ type }, at) => (NUMBER.has(type) ? [at] : []));
    return { start: places[0], end: (places.at(-1) ?? 0) + 1 };
  };
  const [one, other, frame] = [numbers(from.parts), numbers(to.parts), numbers(model.parts)];
  if (one.start === undefined || other.start === undefined) throw unsupported("Intl.NumberFormat's ranges with such plural forms");
  return [
    ...of(model.parts.slice(0, frame.start), "shared"),
    ...of(from.parts.slice(one.start, one.end), "startRange"),
    shared(separator),
    ...of(to.parts.slice(other.start, other.end), "endRange"),
    ...of(model.parts.slice(frame.end), "shared"),
  ];
}
