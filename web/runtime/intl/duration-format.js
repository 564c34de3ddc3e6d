// Intl.DurationFormat: the specification's steps.

/** @import { IntlKit } from "./index.js" */

import { joined } from "./list-format.js";
import { numberOption, optionsObject, readMatcher, textOption, typeOption } from "./options.js";

const OF = "Intl.DurationFormat";
const UNITS = ["years", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"];
const NUMERIC = new Set(["hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"]);
const SMALL = new Set(["milliseconds", "microseconds", "nanoseconds"]);

/** @typedef {{ type: string, value: string, unit?: string }} Part */

/** @param {IntlKit} kit @returns {import("./classes.js").Shape} */
export function durationFormat(kit) {
  return {
    name: "DurationFormat",
    create(locales, given) {
      const requested = kit.locales.canonicalList(locales);
      const options = optionsObject(given, OF);
      readMatcher(options, OF);
      const asked = typeOption(options, "numberingSystem", OF);
      const { locale, keywords } = kit.locales.resolve(requested);
      const nu = kit.numbers().system(locale, asked, keywords.nu);
      const style = textOption(options, "style", ["long", "short", "narrow", "digital"], "short", OF);
      return { dataLocale: locale, locale: nu.locale, numberingSystem: nu.system, style, units: readUnits(options, style), fractionalDigits: numberOption(options, "fractionalDigits", 0, 9, undefined) };
    },
    resolved({ locale, numberingSystem, style, units, fractionalDigits }) {
      /** @type {Record<string, unknown>} */
      const resolved = { locale, numberingSystem, style };
      for (const [unit, { style: unitStyle, display }] of Object.entries(units)) {
        resolved[unit] = unitStyle === "fractional" ? "numeric" : unitStyle;
        resolved[`${unit}Display`] = display;
      }
      return fractionalDigits === undefined ? resolved : { ...resolved, fractionalDigits };
    },
    methods: {
      format: [1, (slots, duration) => parts(kit, slots, readDuration(duration)).map(({ value }) => value).join("")],
      formatToParts: [1, (slots, duration) => parts(kit, slots, readDuration(duration))],
    },
  };
}

/** @param {any} options @param {string} base */
function readUnits(options, base) {
  /** @type {Record<string, { style: string, display: string }>} */
  const units = {};
  let before = "";
  for (const unit of UNITS) {
    const styles = ["long", "short", "narrow", ...(NUMERIC.has(unit) ? ["numeric"] : []), ...(NUMERIC.has(unit) && !SMALL.has(unit) ? ["2-digit"] : [])];
    let style = textOption(options, unit, styles, undefined, OF);
    const isFollowing = ["numeric", "2-digit", "fractional"].includes(before);
    let display = "always";
    if (style === undefined) {
      if (base === "digital") {
        if (!["hours", "minutes", "seconds"].includes(unit)) display = "auto";
        style = NUMERIC.has(unit) ? "numeric" : "short";
      } else if (isFollowing) {
        if (!["minutes", "seconds"].includes(unit)) display = "auto";
        style = "numeric";
      } else {
        display = "auto";
        style = base;
      }
    }
    if (style === "numeric" && SMALL.has(unit)) [style, display] = ["fractional", "auto"];
    display = textOption(options, `${unit}Display`, ["auto", "always"], display, OF);
    if (display === "always" && style === "fractional") throw new RangeError("Invalid object : #<Object>");
    if (before === "fractional" && style !== "fractional") throw new RangeError("Invalid object : #<Object>");
    if (before === "numeric" || before === "2-digit") {
      if (!["fractional", "numeric", "2-digit"].includes(style)) throw new RangeError("Invalid object : #<Object>");
      if (unit === "minutes" || unit === "seconds") style = "2-digit";
    }
    units[unit] = { style, display };
    before = style;
  }
  return units;
}

/** @param {any} duration @returns {Record<string, number>} */
function readDuration(duration) {
  if (typeof duration !== "object" || duration === null) throw new RangeError(`Invalid object : ${String(duration)}`);
  /** @type {Record<string, number>} */
  const read = {};
  let sign = 0;
  let isEmpty = true;
  for (const unit of UNITS) {
    const value = duration[unit];
    if (value !== undefined) isEmpty = false;
    const number = value === undefined ? 0 : Number(value);
    if (!Number.isInteger(number)) throw new RangeError("Invalid time value for Temporal ../deps/v8/src/objects/js-temporal-objects.cc:2593");
    if (number !== 0 && sign !== 0 && Math.sign(number) !== sign) throw new RangeError("Invalid object : #<Object>");
    if (number !== 0) sign = Math.sign(number);
    read[unit] = number;
  }
  if (isEmpty) throw new TypeError("Invalid argument for Temporal ../deps/v8/src/objects/js-temporal-objects.cc:7905");
  return read;
}

/** @param {IntlKit} kit @param {any} slots @param {Record<string, number>} duration @returns {Part[]} */
function parts(kit, slots, duration) {
  const { units, fractionalDigits } = slots;
  const number = (/** @type {object} */ options) => kit.numbers().create(slots.locale, { numberingSystem: slots.numberingSystem, ...options });
  const isNegative = Object.values(duration).some((value) => value < 0);
  /** @type {Part[][]} */
  const groups = [];
  let isSigned = true;
  let needsSeparator = false;
  let at = 0;
  for (; at < UNITS.length; at++) {
    const unit = UNITS[at];
    const { style, display } = units[unit];
    let value = /** @type {number | string} */ (duration[unit]);
    /** @type {Record<string, unknown>} */
    const options = {};
    let isLast = false;
    if (["seconds", "milliseconds", "microseconds"].includes(unit) && units[UNITS[at + 1]].style === "fractional") {
      value = fractional(duration, at);
      options.maximumFractionDigits = fractionalDigits ?? 9;
      options.minimumFractionDigits = fractionalDigits ?? 0;
      options.roundingMode = "trunc";
      isLast = true;
    }
    const isZero = Number(value) === 0;
    const isShownMinute = unit === "minutes" && needsSeparator && (units.seconds.display === "always" || ["seconds", "milliseconds", "microseconds", "nanoseconds"].some((name) => duration[name] !== 0));
    if (!isZero || display !== "auto" || isShownMinute) {
      if (isSigned) {
        isSigned = false;
        if (isZero && isNegative) value = -0;
      } else options.signDisplay = "never";
      const singular = unit.slice(0, -1);
      const isDigital = style === "numeric" || style === "2-digit";
      if (style === "2-digit") options.minimumIntegerDigits = 2;
      if (isDigital) options.useGrouping = false;
      else Object.assign(options, { style: "unit", unit: singular, unitDisplay: style });
      const list = number(options).formatToParts(value).map((/** @type {Part} */ part) => ({ type: part.type, value: part.value, unit: singular }));
      const last = groups.at(-1);
      // V8 joins numbers to whatever stands before them.
      if (isDigital && unit !== "hours" && last) last.push({ type: "literal", value: separator(kit, slots) }, ...list);
      else groups.push(list);
      if (isDigital) needsSeparator = unit === "hours" || unit === "minutes";
    }
    if (isLast) break;
  }
  const style = slots.style === "digital" ? "short" : slots.style;
  const texts = groups.map((group) => group.map(({ value }) => value).join(""));
  let group = 0;
  return joined(kit, { locale: slots.dataLocale, type: "unit", style }, texts).flatMap((part) => (part.type === "element" ? groups[group++] : [part]));
}

/** Seconds and all below them as exact decimal digits. @param {Record<string, number>} duration @param {number} at */
function fractional(duration, at) {
  const names = UNITS.slice(at);
  const places = 3 * (names.length - 1);
  const total = names.reduce((sum, name) => sum * 1000n + BigInt(duration[name]), 0n);
  const digits = String(total < 0n ? -total : total).padStart(places + 1, "0");
  return `${total < 0n ? "-" : ""}${digits.slice(0, digits.length - places)}.${digits.slice(digits.length - places)}`;
}

/** @param {IntlKit} kit @param {any} slots */
function separator(kit, slots) {
  return kit.dates().timeSeparator(slots.dataLocale);
}
