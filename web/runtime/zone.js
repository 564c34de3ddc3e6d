// Chunk "zone": the local time of a program's zone, from the zone's changes alone: neither the machine's zone nor its data
// matter. The engine's own dates are used for their UTC side.

/** @import { Zone } from "../protocol.d.ts" */

import { unsupported } from "./errors.js";
import { hide } from "./values.js";

const NativeDate = Date;
const { UTC, parse: nativeParse } = NativeDate;
const Text = String;
const { apply } = Reflect;
const { getTime, setTime, toUTCString } = NativeDate.prototype;
const DAY = 86_400_000;
const FIELDS = ["FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds"];

/**
 * Gives Date's methods the local time of a zone, and the constructor what it needs to read one.
 * @param {Zone} zone
 * @param {DateConstructor} RealmDate of the realm whose dates they are
 */
export default function localTime({ name, words, changes }, RealmDate) {
  const prototype = /** @type {Record<string, any>} */ (RealmDate.prototype);
  /** A method of dates, with the name and the length of the one before. @param {string} name @param {(date: Date, args: unknown[]) => unknown} work */
  const replace = (name, work) => hide(prototype, name, method(name, prototype[name]?.length ?? 0, work));

  /** The change that holds at a time. @param {number} time */
  const changeAt = (time) => {
    let [low, high] = [0, changes.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (Number(changes[middle][0]) * 1000 <= time) low = middle;
      else high = middle - 1;
    }
    return changes[low];
  };
  /** @param {number} time */
  const ahead = (time) => changeAt(time)[1] * 1000;

  /** The time at which clocks show `local`: the first of two, and as before a gap in it. @param {number} local */
  const timeOf = (local) => {
    if (Number.isNaN(local)) return local;
    const [before, after] = [ahead(local - DAY), ahead(local + DAY)];
    if (before === after || ahead(local - before) === before || ahead(local - after) !== after) return local - before;
    return local - after;
  };

  /** A date whose UTC side is this date's local side. @param {Date} date */
  const shifted = (date) => {
    const time = apply(getTime, date, []);
    return new NativeDate(time + (Number.isNaN(time) ? 0 : ahead(time)));
  };

  /** @param {unknown} value */
  const parse = (value) => {
    const text = Text(value);
    if (DAY_ONLY.test(text) || ZONED.test(text)) return nativeParse(text);
    const asUtc = nativeParse(text + (ISO.test(text) ? "Z" : " UTC"));
    return Number.isNaN(asUtc) ? asUtc : timeOf(asUtc);
  };

  for (const field of FIELDS) {
    const [get, set] = [prototype[`getUTC${field}`], prototype[`setUTC${field}`]];
    replace(`get${field}`, (date) => apply(get, shifted(date), []));
    replace(`set${field}`, (date, args) => {
      const changed = shifted(date);
      apply(set, changed, args);
      return apply(setTime, date, [timeOf(apply(getTime, changed, []))]);
    });
  }
  const { getUTCDay, getUTCFullYear } = NativeDate.prototype;
  replace("getDay", (date) => apply(getUTCDay, shifted(date), []));
  replace("getYear", (date) => apply(getUTCFullYear, shifted(date), []) - 1900);
  replace("setYear", (date, [year]) => {
    const short = Math.trunc(Number(year));
    return date.setFullYear(short >= 0 && short <= 99 ? 1900 + short : Number(year));
  });
  replace("getTimezoneOffset", (date) => {
    const time = apply(getTime, date, []);
    return Number.isNaN(time) ? time : 0 - Math.trunc(ahead(time) / 60_000);
  });

  /** "Thu Nov 26 2026" and "19:15:25 GMT+0400 (…)". @param {Date} date @returns {[day: string, time: string] | null} */
  const told = (date) => {
    const time = apply(getTime, date, []);
    if (Number.isNaN(time)) return null;
    const [day, clock] = parts(shifted(date));
    return [day, `${clock} GMT${offset(ahead(time) / 60_000)} (${word(changeAt(time)[2])})`];
  };
  /** @param {0 | 1} which */
  const word = (which) => {
    const known = words[which];
    if (known === null) throw unsupported(`the name of the time zone ${name}`);
    return known;
  };
  replace("toString", (date) => told(date)?.join(" ") ?? "Invalid Date");
  replace("toDateString", (date) => (Number.isNaN(apply(getTime, date, [])) ? "Invalid Date" : parts(shifted(date))[0]));
  replace("toTimeString", (date) => told(date)?.[1] ?? "Invalid Date");
  if (typeof Intl === "object") {
    for (const method of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]) {
      const original = prototype[method];
      replace(method, (date, [locales, options]) => apply(original, date, [locales, { timeZone: name, .../** @type {any} */ (options) }]));
    }
  }

  return {
    parse,
    /** The constructor's arguments, so that they mean the same to a constructor that knows UTC alone. @param {unknown[]} args */
    inUtc(args) {
      const [value] = args;
      if (args.length > 1) return [timeOf(apply(UTC, NativeDate, args))];
      return typeof value === "string" || value instanceof Text ? [parse(value)] : args;
    },
  };
}

/** An ISO day, month or year without a time stands for its beginning in UTC. */
const DAY_ONLY = /^\s*(?:[+-]\d{2})?\d{4}(?:-\d\d(?:-\d\d)?)?\s*$/;
const ISO = /^\s*(?:[+-]\d{2})?\d{4}-\d\d(?:-\d\d)?T/;
/** A time with its zone behind it. */
const ZONED = /\d\s*Z\s*$|\b(?:GMT|UTC?|[ECMP][SD]T)\b|:\d\d(?:\.\d+)?\s*[+-]\d/i;

/** @param {number} minutes */
function offset(minutes) {
  const size = Math.trunc(Math.abs(minutes));
  const digits = (/** @type {number} */ number) => Text(number).padStart(2, "0");
  return (minutes < 0 ? "-" : "+") + digits(Math.trunc(size / 60)) + digits(size % 60);
}

/** "Thu Nov 26 2026" and "19:15:25" of a date's UTC side. @param {Date} date @returns {[day: string, time: string]} */
function parts(date) {
  const match = /^(\w+), (\d+) (\w+) (-?\d+) ([\d:]+)/.exec(apply(toUTCString, date, []));
  const [, weekday, day, month, year, time] = /** @type {RegExpExecArray} */ (match);
  return [`${weekday} ${month} ${day} ${year}`, time];
}

/** @param {string} name @param {number} length @param {(date: Date, args: unknown[]) => unknown} work */
function method(name, length, work) {
  const { [name]: value } = {
    /** @this {Date} @param {unknown[]} args */
    [name](...args) {
      return work(this, args);
    },
  };
  if (length > 0) Object.defineProperty(value, "length", { value: length, configurable: true });
  return value;
}
