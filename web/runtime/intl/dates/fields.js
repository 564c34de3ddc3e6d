// The fields of a pattern as texts.

import { tokens } from "./skeletons.js";

const NativeDate = Date;

/** @typedef {{ type: string, value: string }} Part */

/** The letters' types as formatToParts names them. @type {Record<string, string>} */
const TYPES = {
  G: "era", y: "year", u: "year", Y: "year", M: "month", L: "month", d: "day", E: "weekday", c: "weekday", e: "weekday",
  a: "dayPeriod", b: "dayPeriod", B: "dayPeriod", h: "hour", H: "hour", K: "hour", k: "hour", m: "minute", s: "second", S: "fractionalSecond",
  z: "timeZoneName", v: "timeZoneName", O: "timeZoneName",
};

/**
 * A moment in the time of a zone.
 * @param {number} time @param {number} offset seconds east of Greenwich
 */
export function momentAt(time, offset) {
  const date = new NativeDate(time + offset * 1000);
  const year = date.getUTCFullYear();
  return {
    time,
    offset,
    era: year > 0 ? 1 : 0,
    year: year > 0 ? year : 1 - year,
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/** @typedef {ReturnType<typeof momentAt>} Moment */

/**
 * @typedef {object} FieldsOf what the texts are made of
 * @property {any} dates the locale's part
 * @property {string[]} digits ten of them
 * @property {(moment: Moment, letter: string, width: number) => string} zoneName
 */

/**
 * @param {string} pattern @param {Moment} moment @param {FieldsOf} of
 * @returns {Part[]}
 */
export function patternParts(pattern, moment, of) {
  /** @type {Part[]} */
  const parts = [];
  for (const token of tokens(pattern)) {
    const part = typeof token === "string" ? { type: "literal", value: token } : { type: TYPES[token.letter], value: text(token.letter, token.width, moment, of, pattern) };
    const last = parts.at(-1);
    if (part.type === "literal" && last?.type === "literal") last.value += part.value;
    else if (part.value !== "") parts.push(part);
  }
  return parts;
}

/** @param {string} letter @param {number} width @param {Moment} moment @param {FieldsOf} of @param {string} pattern @returns {string} */
function text(letter, width, moment, of, pattern) {
  const { dates } = of;
  const number = (/** @type {number} */ value, /** @type {number} */ least = width) => inDigits(String(value).padStart(least, "0"), of.digits);
  switch (letter) {
    case "G":
      return dates.eras[width === 4 ? "wide" : width === 5 ? "narrow" : "abbreviated"][moment.era];
    case "y":
    case "Y":
    case "u":
      return width === 2 ? number(moment.year % 100, 2) : number(moment.year);
    case "M":
    case "L":
      if (width <= 2) return number(moment.month + 1);
      return dates.months[letter === "M" ? "format" : "stand-alone"][widthName(width)][moment.month];
    case "d":
      return number(moment.day);
    case "E":
    case "c":
    case "e":
      return dates.days[letter === "c" ? "stand-alone" : "format"][width === 6 ? "short" : widthName(width)][moment.weekday];
    case "a":
    case "b":
      return halfDay(dates, width)[moment.hour < 12 ? "am" : "pm"];
    case "B":
      return dayPeriod(dates, width, moment, pattern);
    case "h":
      return number(moment.hour % 12 || 12);
    case "H":
      return number(moment.hour);
    case "K":
      return number(moment.hour % 12);
    case "k":
      return number(moment.hour || 24);
    case "m":
      return number(moment.minute);
    case "s":
      return number(moment.second);
    case "S":
      return inDigits(String(moment.millisecond).padStart(3, "0").padEnd(width, "0").slice(0, width), of.digits);
    case "z":
    case "v":
    case "O":
      return of.zoneName(moment, letter, width);
    default:
      return "";
  }
}

/** @param {number} width */
const widthName = (width) => (width === 4 ? "wide" : width === 5 ? "narrow" : "abbreviated");

/** @param {string} text @param {string[]} digits */
export const inDigits = (text, digits) => (digits[0] === "0" ? text : text.replace(/\d/g, (digit) => digits[Number(digit)]));

/** ICU has no short form where it is that of all languages. @param {any} dates @param {number} width */
function halfDay(dates, width) {
  const { [widthName(width)]: own, wide } = dates.dayPeriods.format;
  return own.am === "AM" && own.pm === "PM" ? wide : own;
}

/** "in the morning": by the language's rules. @param {any} dates @param {number} width @param {Moment} moment @param {string} pattern */
function dayPeriod(dates, width, moment, pattern) {
  const names = dates.dayPeriods.format[widthName(width)];
  const minutes = moment.hour * 60 + moment.minute;
  const at = (/** @type {string} */ time) => Number(time.split(":")[0]) * 60 + Number(time.split(":")[1]);
  const rules = /** @type {[string, Record<string, string>][]} */ (Object.entries(dates.dayPeriodRules));
  const isFullHour = (!pattern.includes("m") || moment.minute === 0) && (!pattern.includes("s") || moment.second === 0);
  if (moment.hour === 12 && isFullHour && dates.dayPeriodRules.noon && names.noon !== undefined) return names.noon;
  const period = rules.find(([, { _from, _before }]) => {
    if (_from === undefined) return false;
    const [from, before] = [at(_from), at(_before)];
    return from < before ? minutes >= from && minutes < before : minutes >= from || minutes < before;
  });
  return names[period?.[0] ?? ""] ?? names[moment.hour < 12 ? "am" : "pm"];
}
