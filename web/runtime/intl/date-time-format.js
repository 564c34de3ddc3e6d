// Chunk "intlDateTimeFormat": Intl.DateTimeFormat, by ICU's ways of choosing patterns over CLDR's data.

/** @import { IntlKit } from "./index.js" */

import { unsupported } from "../errors.js";
import { momentAt, patternParts } from "./dates/fields.js";
import { joinedLiterals } from "./parts.js";
import { createIntervals, withSources } from "./dates/intervals.js";
import { createPatterns, filled, skeletonText } from "./dates/skeletons.js";
import { createZones, zoneNamer } from "./dates/zones.js";
import { checkedNumber, flagOption, optionsObject, readMatcher, textOption, typeOption } from "./options.js";

export default dateTimeFormat;

const OF = "Intl.DateTimeFormat";
const NativeDate = Date;
const WIDTHS = ["narrow", "short", "long"];
const DIGITS = ["2-digit", "numeric"];
const STYLES = ["full", "long", "medium", "short"];
const ZONE_NAMES = ["short", "long", "shortOffset", "longOffset", "shortGeneric", "longGeneric"];
const LARGEST = 8.64e15;

/** Field, what its option may be, and the letters for each. @type {[string, string[], Record<string, string>][]} */
const FIELDS = [
  ["weekday", WIDTHS, { narrow: "EEEEE", short: "EEE", long: "EEEE" }],
  ["era", WIDTHS, { narrow: "GGGGG", short: "GGG", long: "GGGG" }],
  ["year", DIGITS, { "2-digit": "yy", numeric: "y" }],
  ["month", [...DIGITS, ...WIDTHS], { "2-digit": "MM", numeric: "M", narrow: "MMMMM", short: "MMM", long: "MMMM" }],
  ["day", DIGITS, { "2-digit": "dd", numeric: "d" }],
  ["dayPeriod", WIDTHS, { narrow: "BBBBB", short: "B", long: "BBBB" }],
  ["hour", DIGITS, {}],
  ["minute", DIGITS, { "2-digit": "mm", numeric: "m" }],
  ["second", DIGITS, { "2-digit": "ss", numeric: "s" }],
];
const ZONE_LETTERS = /** @type {Record<string, string>} */ ({ short: "z", long: "zzzz", shortOffset: "O", longOffset: "OOOO", shortGeneric: "v", longGeneric: "vvvv" });
const HOUR_LETTERS = /** @type {Record<string, string>} */ ({ h11: "K", h12: "h", h23: "H", h24: "k" });
const CYCLES = /** @type {Record<string, string>} */ ({ K: "h11", h: "h12", H: "h23", k: "h24" });

/** What a pattern tells of its fields, in the order of resolvedOptions. @type {[string, [RegExp, string][]][]} */
const RESOLVED = [
  ["weekday", [[/E{5}|c{5}/, "narrow"], [/E{4}|c{4}/, "long"], [/E|c{3}/, "short"]]],
  ["era", [[/G{5}/, "narrow"], [/G{4}/, "long"], [/G/, "short"]]],
  ["year", [[/yy/, "2-digit"], [/y/, "numeric"]]],
  ["month", [[/M{5}|L{5}/, "narrow"], [/M{4}|L{4}/, "long"], [/M{3}|L{3}/, "short"], [/MM|LL/, "2-digit"], [/M|L/, "numeric"]]],
  ["day", [[/dd/, "2-digit"], [/d/, "numeric"]]],
  ["dayPeriod", [[/B{5}/, "narrow"], [/B{4}/, "long"], [/B/, "short"]]],
  ["hour", [[/HH|hh|KK|kk/, "2-digit"], [/H|h|K|k/, "numeric"]]],
  ["minute", [[/mm/, "2-digit"], [/m/, "numeric"]]],
  ["second", [[/ss/, "2-digit"], [/s/, "numeric"]]],
  ["fractionalSecondDigits", []],
  ["timeZoneName", [[/z{4}/, "long"], [/z/, "short"], [/O{4}/, "longOffset"], [/O/, "shortOffset"], [/v{4}/, "longGeneric"], [/v/, "shortGeneric"]]],
];

/** @typedef {import("./dates/fields.js").Part} Part */

/** @param {IntlKit} kit */
export function dateTimeFormat(kit) {
  const zones = createZones(kit);
  /** @type {Map<string, ReturnType<typeof createPatterns>>} */
  const patterns = new Map();
  const patternsOf = (/** @type {string} */ locale, /** @type {string} */ letter) => {
    const known = patterns.get(locale);
    if (known) return known;
    const made = createPatterns(kit.locales.part("dates", locale), letter);
    patterns.set(locale, made);
    return made;
  };

  /** The hour that people of a locale read first. @param {string} tag */
  const hourLetter = (tag) => {
    const { hours } = kit.locales.about();
    const region = kit.locales.region(tag);
    const [language] = tag.split("-");
    const [first] = hours[`${language}_${region}`] ?? hours[`${language}-${region}`] ?? hours[region] ?? hours["001"];
    return first.charAt(0);
  };
  const defaultHourCycle = (/** @type {string} */ tag) => CYCLES[hourLetter(tag)];

  /** @param {string} locale */
  const calendarOf = (locale) => {
    const { calendars } = kit.locales.about();
    const [first] = String(calendars[kit.locales.region(locale)] ?? "gregorian").split(/[ ,]/);
    return first === "gregorian" ? "gregory" : first;
  };

  /**
   * @param {unknown} locales @param {unknown} given @param {"any" | "date" | "time"} required @param {"date" | "time" | "all"} defaults
   */
  const create = (locales, given, required, defaults) => {
    const requested = kit.locales.canonicalList(locales);
    const options = optionsObject(given, OF);
    readMatcher(options, OF);
    const calendarAsked = typeOption(options, "calendar", OF);
    const systemAsked = typeOption(options, "numberingSystem", OF);
    const hour12 = flagOption(options, "hour12", undefined);
    let hourCycle = textOption(options, "hourCycle", ["h11", "h12", "h23", "h24"], undefined, OF);
    if (hour12 !== undefined) hourCycle = null;
    const { locale, keywords } = kit.locales.resolve(requested);
    const dates = kit.locales.part("dates", locale);
    const { digits } = kit.locales.about();
    const kept = [];

    const calendar = calendarFor(calendarAsked, keywords.ca, calendarOf(locale));
    if (keywords.ca === calendar && (calendarAsked === undefined || calendarAsked === calendar)) kept.push(`ca-${calendar}`);
    if (calendar !== "gregory") throw unsupported(`Intl.DateTimeFormat's calendar "${calendar}"`);
    const cycleOfTag = ["h11", "h12", "h23", "h24"].includes(keywords.hc) ? keywords.hc : undefined;
    if (hourCycle === undefined) hourCycle = cycleOfTag;
    if (cycleOfTag !== undefined && hourCycle === cycleOfTag) kept.push(`hc-${cycleOfTag}`);
    const isSystem = (/** @type {string | undefined} */ name) => name !== undefined && digits[name] !== undefined;
    const system = isSystem(systemAsked) ? systemAsked : isSystem(keywords.nu) ? keywords.nu : dates.numberingSystem;
    if (isSystem(keywords.nu) && system === keywords.nu) kept.push(`nu-${keywords.nu}`);

    const zone = options.timeZone === undefined ? kit.zone() : zones.canonical(String(options.timeZone));
    if (zone === undefined) throw new RangeError(`Invalid time zone specified: ${String(options.timeZone)}`);

    /** @type {Record<string, string | undefined>} */
    const fields = {};
    for (const [name, values] of FIELDS) fields[name] = textOption(options, name, values, undefined, OF);
    const fractionalSecondDigits = checkedNumber(options.fractionalSecondDigits, "fractionalSecondDigits", 1, 3, undefined);
    fields.timeZoneName = textOption(options, "timeZoneName", ZONE_NAMES, undefined, OF);
    textOption(options, "formatMatcher", ["basic", "best fit"], "best fit", OF);
    const dateStyle = textOption(options, "dateStyle", STYLES, undefined, OF);
    const timeStyle = textOption(options, "timeStyle", STYLES, undefined, OF);
    const hasStyle = dateStyle !== undefined || timeStyle !== undefined;
    if (hasStyle) {
      if (FIELDS.some(([name]) => fields[name] !== undefined) || fractionalSecondDigits !== undefined || fields.timeZoneName !== undefined) throw new TypeError("Invalid option : option");
      if (required === "date" && timeStyle !== undefined) throw new TypeError("Invalid option : timeStyle");
      if (required === "time" && dateStyle !== undefined) throw new TypeError("Invalid option : dateStyle");
    } else setDefaults(fields, fractionalSecondDigits, required, defaults);

    if (fields.dayPeriod !== undefined && fields.hour === undefined) throw unsupported("Intl.DateTimeFormat's dayPeriod without an hour");
    if (fields.era !== undefined && fields.year === undefined && ["weekday", "month", "day"].some((name) => fields[name] !== undefined)) {
      throw unsupported("Intl.DateTimeFormat's era without a year");
    }
    if (fractionalSecondDigits !== undefined && fields.hour !== undefined && (fields.minute === undefined || fields.second === undefined)) {
      throw unsupported("Intl.DateTimeFormat's fractions of seconds without minutes and seconds");
    }
    const letter = hourLetter(locale);
    const hasHour = fields.hour !== undefined || timeStyle !== undefined;
    const cycle = hasHour ? chosenCycle(hour12, hourCycle, CYCLES[letter], /-JP\b/.test(locale)) : undefined;
    const best = patternsOf(locale, letter);
    const pattern = hasStyle
      ? stylePattern(dates, best, dateStyle, timeStyle, cycle, cycleOfTag === undefined)
      : inCycle(best.best(skeletonFor(fields, fractionalSecondDigits, hour12 === undefined && hourCycle === undefined ? undefined : cycle), true), cycle);
    const own = digits[system];
    const of = { dates, digits: [...own], zoneName: lazily(() => zoneNamer(kit, zones, locale, zone, [...own])) };
    return instance(zones, { locale: locale + (kept.length > 0 ? `-u-${kept.sort().join("-")}` : ""), calendar, numberingSystem: system, timeZone: zone, cycle, dateStyle, timeStyle, pattern }, of, () =>
      createIntervals(dates, best, skeletonText(pattern)),
    );
  };

  return {
    create,
    defaultHourCycle,
    /** Between the numbers of a duration. @param {string} locale */
    timeSeparator: (locale) => {
      const [, separator = ":"] = /m([^'a-zA-Z]*)s/.exec(kit.locales.part("dates", locale).formats.ms ?? "") ?? [];
      return separator;
    },
    /** What toLocaleString and its relatives give. @param {Date} date @param {unknown} locales @param {unknown} options @param {"any" | "date" | "time"} required @param {"date" | "time" | "all"} defaults */
    text(date, locales, options, required, defaults) {
      const time = NativeDate.prototype.getTime.call(date);
      return Number.isNaN(time) ? "Invalid Date" : create(locales, options, required, defaults).format(time);
    },
  };
}

/** @template {any[]} A @template R @param {() => (...args: A) => R} make @returns {(...args: A) => R} */
function lazily(make) {
  /** @type {((...args: A) => R) | null} */
  let made = null;
  return (...args) => (made ??= make())(...args);
}

const CALENDARS = new Set(
  "buddhist chinese coptic dangi ethioaa ethiopic gregory hebrew indian islamic islamic-civil islamic-rgsa islamic-tbla islamic-umalqura iso8601 japanese persian roc".split(" "),
);
const ALIASES = /** @type {Record<string, string>} */ ({ gregorian: "gregory", "ethiopic-amete-alem": "ethioaa", islamicc: "islamic-civil" });

/** @param {string | undefined} asked @param {string | undefined} keyword @param {string} fallback */
function calendarFor(asked, keyword, fallback) {
  for (const name of [asked, keyword]) {
    const canonical = name === undefined ? undefined : (ALIASES[name] ?? name);
    if (canonical !== undefined && CALENDARS.has(canonical)) return canonical;
  }
  return fallback;
}

/** @param {Record<string, string | undefined>} fields @param {number | undefined} fraction @param {string} required @param {string} defaults */
function setDefaults(fields, fraction, required, defaults) {
  const hasDate = ["weekday", "year", "month", "day"].some((name) => fields[name] !== undefined);
  const hasTime = ["dayPeriod", "hour", "minute", "second"].some((name) => fields[name] !== undefined) || fraction !== undefined;
  if ((required !== "time" && hasDate) || (required !== "date" && hasTime)) return;
  if (defaults !== "time") for (const name of ["year", "month", "day"]) fields[name] = "numeric";
  if (defaults !== "date") for (const name of ["hour", "minute", "second"]) fields[name] = "numeric";
}

/** @param {boolean | undefined} hour12 @param {string | undefined | null} asked @param {string} usual @param {boolean} isJapan */
function chosenCycle(hour12, asked, usual, isJapan) {
  if (hour12 === true) return usual === "h11" || usual === "h12" ? usual : isJapan ? "h11" : "h12";
  if (hour12 === false) return usual === "h23" || usual === "h24" ? usual : "h23";
  return asked ?? usual;
}

/** @param {Record<string, string | undefined>} fields @param {number | undefined} fraction @param {string | undefined} cycle undefined: the region's */
function skeletonFor(fields, fraction, cycle) {
  let skeleton = "";
  for (const [name, , letters] of FIELDS) {
    const value = fields[name];
    if (value === undefined) continue;
    if (name !== "hour") skeleton += letters[value];
    else skeleton += (cycle === undefined ? "j" : HOUR_LETTERS[cycle]).repeat(value === "2-digit" ? 2 : 1);
  }
  if (fraction !== undefined) skeleton += "S".repeat(fraction);
  return skeleton + (fields.timeZoneName === undefined ? "" : ZONE_LETTERS[fields.timeZoneName]);
}

/** The pattern with the hours of a cycle. @param {string} pattern @param {string | undefined} cycle */
function inCycle(pattern, cycle) {
  if (cycle === undefined) return pattern;
  return pattern.replace(/'(?:[^']|'')*'|[KhHk]/g, (run) => (run.length > 1 || run === "'" ? run : HOUR_LETTERS[cycle]));
}

/** @param {any} dates @param {{ best: (skeleton: string, hours?: boolean) => string }} best @param {string | undefined} dateStyle @param {string | undefined} timeStyle @param {string | undefined} cycle @param {boolean} hours the hours stay as wide as they are */
function stylePattern(dates, best, dateStyle, timeStyle, cycle, hours) {
  const date = dateStyle === undefined ? "" : dates.date[STYLES.indexOf(dateStyle)];
  const time = timeStyle === undefined ? "" : dates.time[STYLES.indexOf(timeStyle)];
  const pattern = date === "" || time === "" ? date + time : filled(dates.atTime[STYLES.indexOf(/** @type {string} */ (dateStyle))], [time, date]);
  if (cycle === undefined) return pattern;
  const [own] = /[KhHk]/.exec(pattern.replace(/'(?:[^']|'')*'/g, "")) ?? [];
  if (own === undefined || CYCLES[own] === cycle) return pattern;
  const skeleton = skeletonText(pattern).replace(/[abB]/g, "").replace(/[KhHk]/g, HOUR_LETTERS[cycle]);
  return inCycle(best.best(skeleton, hours), cycle);
}

/**
 * @param {ReturnType<typeof createZones>} zones @param {any} about @param {import("./dates/fields.js").FieldsOf} of
 * @param {() => ReturnType<typeof createIntervals>} makeIntervals
 */
function instance(zones, about, of, makeIntervals) {
  const { pattern, timeZone } = about;
  const intervals = lazily(makeIntervals);
  const moment = (/** @type {unknown} */ date) => {
    const time = date === undefined ? NativeDate.now() : Number(date);
    if (!(Math.abs(time) <= LARGEST)) throw new RangeError("Invalid time value");
    return momentAt(Math.trunc(time), zones.offset(timeZone, Math.trunc(time))[0]);
  };
  const format = (/** @type {string} */ one, /** @type {import("./dates/fields.js").Moment} */ at) => patternParts(one, at, of);
  const range = (/** @type {unknown} */ from, /** @type {unknown} */ to) => {
    if (from === undefined || to === undefined) throw new TypeError("Invalid time value");
    const [start, end] = [moment(from), moment(to)];
    const parts = intervals(start, end, format);
    return parts === null ? null : withSources(joinedLiterals(parts));
  };
  return {
    format: (/** @type {unknown} */ date) => plain(text(format(pattern, moment(date)))),
    formatToParts: (/** @type {unknown} */ date) => format(pattern, moment(date)),
    formatRange(/** @type {unknown} */ from, /** @type {unknown} */ to) {
      const parts = range(from, to);
      return parts === null ? plain(text(format(pattern, moment(from)))) : text(parts);
    },
    formatRangeToParts: (/** @type {unknown} */ from, /** @type {unknown} */ to) =>
      range(from, to) ?? format(pattern, moment(from)).map(({ type, value }) => ({ type, value, source: "shared" })),
    resolved() {
      const { locale, calendar, numberingSystem, cycle, dateStyle, timeStyle } = about;
      /** @type {Record<string, unknown>} */
      const resolved = { locale, calendar, numberingSystem, timeZone };
      if (cycle !== undefined) Object.assign(resolved, { hourCycle: cycle, hour12: cycle === "h11" || cycle === "h12" });
      if (dateStyle === undefined && timeStyle === undefined) {
        // V8 takes the letters of quoted texts for fields too.
        const letters = pattern;
        for (const [name, forms] of RESOLVED) {
          const value = name === "fractionalSecondDigits" ? letters.split("S").length - 1 || undefined : forms.find(([form]) => form.test(letters))?.[1];
          if (value !== undefined) resolved[name] = value;
        }
      }
      if (dateStyle !== undefined) resolved.dateStyle = dateStyle;
      if (timeStyle !== undefined) resolved.timeStyle = timeStyle;
      return resolved;
    },
  };
}

/** @param {Part[]} parts */
const text = (parts) => parts.map(({ value }) => value).join("");

/** In whole texts V8 writes plain spaces where CLDR has narrow ones. @param {string} text */
const plain = (text) => text.replaceAll("\u202f", " ");
