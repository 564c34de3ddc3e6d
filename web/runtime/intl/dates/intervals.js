// The text for two dates, as ICU's DateIntervalFormat makes it: by the largest field in which they differ.

import { filled, tokens } from "./skeletons.js";

/** @typedef {import("./fields.js").Moment} Moment */
/** @typedef {import("./fields.js").Part} Part */
/** @typedef {{ first: string, second: string, isLaterFirst?: boolean } | undefined} Interval first empty: the second is a whole pattern */

/** From the largest; "ampm" is a half day. */
const FIELDS = ["era", "year", "month", "day", "ampm", "hour", "minute", "second", "millisecond"];

/** How fine a field, and a letter, is. @type {Record<string, number>} */
const LEVELS = { era: 0, year: 10, month: 20, day: 30, ampm: 40, hour: 50, minute: 60, second: 70, millisecond: 80 };
/** @type {Record<string, number>} */
const LETTER_LEVELS = { G: 0, y: 10, u: 10, Y: 10, M: 20, L: 20, d: 30, E: 30, c: 30, e: 30, a: 40, b: 40, B: 40, h: 50, H: 50, K: 50, k: 50, m: 60, s: 70, S: 80 };

/** The letter in the data for a difference. @type {Record<string, string[]>} */
const LETTERS = { era: ["G"], year: ["y"], month: ["M"], day: ["d"], ampm: ["a", "B"], hour: ["h", "H", "K", "k"], minute: ["m"] };

/** The letter that a skeleton lacks. @type {Record<string, string>} */
const OWN_LETTER = { era: "G", year: "y", month: "M", day: "d" };

/**
 * @param {any} dates the locale's part
 * @param {{ best: (skeleton: string) => string }} patterns
 * @param {string} skeleton of the pattern that one date is formatted with
 */
export function createIntervals(dates, patterns, skeleton) {
  const available = dates.intervals;
  const split = splitSkeleton(skeleton);
  const hasBoth = split.date !== "" && split.time !== "";
  const [, , glue] = dates.dateTime;
  const pattern = patterns.best(skeleton);
  /** @type {Record<string, Interval>} */
  const intervals = {};
  let datePattern = "";
  let timePattern = "";

  const patternOf = (/** @type {string} */ name, /** @type {string} */ field) => {
    const entry = available[name];
    if (entry === undefined || typeof entry === "string") return "";
    return LETTERS[field].map((letter) => entry[letter]).find((pattern) => pattern !== undefined) ?? "";
  };

  /** @param {string} wanted */
  const nearest = (wanted) => {
    const replaced = wanted.replaceAll("z", "v").replaceAll("k", "H").replaceAll("K", "h").replace(/[ab]/g, "");
    const widths = widthsOf(replaced);
    let best = { name: "", distance: Infinity, difference: -1 };
    for (const name of Object.keys(available)) {
      if (name === "intervalFormatFallback") continue;
      const theirs = widthsOf(name);
      let [distance, difference] = [0, 1];
      for (const letter of new Set([...widths.keys(), ...theirs.keys()])) {
        const [mine, other] = [widths.get(letter) ?? 0, theirs.get(letter) ?? 0];
        if (mine === other) continue;
        if (mine === 0 || other === 0) {
          difference = -1;
          distance += 0x1000;
        } else distance += letter === "M" && mine <= 2 !== other <= 2 ? 0x100 : Math.abs(mine - other);
      }
      if (distance < best.distance) best = { name, distance, difference: distance === 0 ? 0 : difference };
      if (distance === 0) break;
    }
    if (replaced !== wanted && best.difference !== -1) best.difference = 2;
    return best;
  };

  /** @param {string} field @param {string} pattern */
  const set = (field, pattern) => {
    intervals[field] = inTwo(pattern);
  };

  /** @param {string} field @param {string} wanted @param {{ name: string, difference: number }} best @param {boolean} mayExtend @returns {{ wanted: string, name: string } | null} what it was extended to */
  const setInterval = (field, wanted, best, mayExtend) => {
    let { name, difference } = best;
    let pattern = patternOf(name, field);
    /** @type {{ wanted: string, name: string } | null} */
    let extended = null;
    if (pattern === "") {
      if (isIgnored(name, field)) return null;
      if (field === "ampm") {
        pattern = patternOf(name, "hour");
        if (pattern !== "") set(field, adjusted(wanted, name, pattern, difference));
        return null;
      }
      if (mayExtend) {
        const letter = OWN_LETTER[field];
        extended = { wanted: letter + wanted, name: letter + name };
        pattern = patternIn(available, extended.name, (found) => patternOf(found, field));
        if (pattern === "" && difference === 0) {
          const other = nearest(extended.name);
          difference = other.difference;
          if (difference !== -1) {
            pattern = patternOf(other.name, field);
            name = other.name;
          }
        }
      }
    }
    if (pattern === "") return null;
    set(field, difference === 0 ? pattern : adjusted(wanted, name, pattern, difference));
    return extended;
  };

  const isFound = () => {
    let wanted = split.time === "" ? split.normalDate : split.normalTime;
    let best = nearest(wanted);
    if (best.name === "") return false;
    if (split.normalDate !== "") datePattern = patterns.best(split.normalDate);
    if (split.normalTime !== "") timePattern = patterns.best(split.normalTime);
    if (best.difference === -1) return false;
    if (split.time === "") {
      setInterval("day", wanted, best, true);
      const extended = setInterval("month", wanted, best, true);
      if (extended) {
        wanted = extended.wanted;
        best = { ...best, name: extended.name };
      }
      setInterval("year", wanted, best, true);
      setInterval("era", wanted, best, true);
    } else for (const field of ["minute", "hour", "ampm"]) setInterval(field, wanted, best, false);
    return true;
  };

  const whole = (/** @type {string} */ text) => ({ first: "", second: patterns.best(text) });
  const found = isFound();
  if (split.time !== "" && split.date === "") for (const field of ["day", "month", "year", "era"]) intervals[field] = whole(`yMd${split.time}`);
  else if (found && hasBoth) {
    let wider = skeleton;
    for (const field of ["day", "month", "year", "era"]) {
      if (LETTERS_OF[field].test(split.date)) continue;
      wider = OWN_LETTER[field] + wider;
      intervals[field] = whole(wider);
    }
    const date = patterns.best(split.date);
    for (const field of ["ampm", "hour", "minute"]) {
      const interval = intervals[field];
      if (interval) set(field, filled(glue, [interval.first + interval.second, date]));
    }
  }

  /**
   * @param {Moment} from @param {Moment} to
   * @param {(pattern: string, moment: Moment) => Part[]} format
   * @returns {Part[] | null} null: the text is that of one date
   */
  return function intervalParts(from, to, format) {
    const field = FIELDS.find((name) => valueOf(from, name) !== valueOf(to, name));
    if (field === undefined) return null;
    const isSameDay = FIELDS.indexOf(field) >= FIELDS.indexOf("ampm");
    const interval = intervals[field];
    const between = (/** @type {string} */ one) => placed(available.intervalFormatFallback, [format(one, from), format(one, to)]);
    if (interval === undefined) {
      if (isIgnored(pattern, field)) return null;
      if (isSameDay && datePattern !== "" && timePattern !== "") return placed(glue, [between(timePattern), format(datePattern, from)]);
      return between(pattern);
    }
    if (interval.first === "") return between(interval.second);
    return [...format(interval.first, from), ...format(interval.second, to)];
  };
}

/** @type {Record<string, RegExp>} */
const LETTERS_OF = { day: /d/, month: /[ML]/, year: /y/, era: /G/ };

/** @param {any} available @param {string} name @param {(name: string) => string} find skeletons with the same letters */
function patternIn(available, name, find) {
  const exact = find(name);
  if (exact !== "") return exact;
  const sorted = [...name].sort().join("");
  const same = Object.keys(available).find((one) => [...one].sort().join("") === sorted);
  return same === undefined ? "" : find(same);
}

/** `{0}` and `{1}` of a pattern of texts, with parts in their places. @param {string} pattern @param {Part[][]} lists */
function placed(pattern, lists) {
  return tokensOfGlue(pattern).flatMap((one) => (typeof one === "number" ? lists[one] : [{ type: "literal", value: one }]));
}

/** @param {string} pattern @returns {(string | number)[]} */
const tokensOfGlue = (pattern) =>
  pattern
    .split(/(\{\d\})/)
    .filter((piece) => piece !== "")
    .map((piece) => (/^\{\d\}$/.test(piece) ? Number(piece.charAt(1)) : tokens(piece).map((token) => (typeof token === "string" ? token : token.letter.repeat(token.width))).join("")));

/** @param {Moment} moment @param {string} field */
const valueOf = (moment, field) => (field === "ampm" ? Math.floor(moment.hour / 12) : /** @type {any} */ (moment)[field]);

/** The pattern shows nothing as fine as the field. @param {string} pattern @param {string} field */
function isIgnored(pattern, field) {
  return tokens(pattern).every((token) => typeof token === "string" || (LETTER_LEVELS[token.letter] ?? 0) < LEVELS[field]);
}

/** Before the first field that comes again. @param {string} pattern @returns {{ first: string, second: string }} */
function inTwo(pattern) {
  const seen = new Set();
  let at = 0;
  for (const [run, , letters] of pattern.matchAll(/'((?:[^']|'')*)'|(([A-Za-z])\3*)|[^A-Za-z']+/g)) {
    if (letters !== undefined) {
      if (seen.has(letters.charAt(0))) return { first: pattern.slice(0, at), second: pattern.slice(at) };
      seen.add(letters.charAt(0));
    }
    at += run.length;
  }
  return { first: pattern, second: "" };
}

/** @param {string} skeleton @returns {Map<string, number>} */
function widthsOf(skeleton) {
  const widths = new Map();
  for (const letter of skeleton) widths.set(letter, (widths.get(letter) ?? 0) + 1);
  return widths;
}

/** @param {string} wanted @param {string} name @param {string} pattern @param {number} difference */
function adjusted(wanted, name, pattern, difference) {
  const [mine, theirs] = [widthsOf(wanted), widthsOf(name)];
  let text = pattern;
  const replaceLetter = (/** @type {string} */ from, /** @type {string} */ to) => {
    text = text.replace(/'(?:[^']|'')*'|[A-Za-z]+/g, (run) => (run.startsWith("'") ? run : run.replaceAll(from, to)));
  };
  if (difference === 2) {
    if (wanted.includes("z")) replaceLetter("v", "z");
    if (wanted.includes("K")) replaceLetter("h", "K");
    if (wanted.includes("k")) replaceLetter("H", "k");
    if (wanted.includes("b")) replaceLetter("a", "b");
  }
  if (/a/.test(text) && !theirs.has("a")) theirs.set("a", 1);
  return text.replace(/'(?:[^']|'')*'|([A-Za-z])\1*/g, (run, letter) => {
    if (letter === undefined) return run;
    const key = letter === "L" ? "M" : letter;
    const [own, asked] = [theirs.get(key) ?? 0, mine.get(key) ?? 0];
    return own === run.length && asked > own ? letter.repeat(asked) : run;
  });
}

/** @param {string} skeleton */
function splitSkeleton(skeleton) {
  const of = (/** @type {RegExp} */ letters) => [...skeleton].filter((letter) => letters.test(letter)).join("");
  const date = of(/[GyYuQqMLlWwEecdDFgUr]/);
  const time = of(/[ahHkKmsSzvVZjAbB]/);
  const count = (/** @type {string} */ letter) => skeleton.split(letter).length - 1;
  const [months, days] = [count("M"), count("E")];
  const normalDate =
    of(/[GYuQqLlWwDFgecUr]/) +
    "y".repeat(count("y")) +
    (months === 0 ? "" : months < 3 ? "M" : "M".repeat(months)) +
    (days === 0 ? "" : days <= 3 ? "E" : "E".repeat(days)) +
    (count("d") > 0 ? "d" : "");
  const hour = /[hHkK]/.exec(skeleton)?.[0] ?? "";
  const normalTime = of(/[VZjsSAabB]/) + hour + (count("m") > 0 ? "m" : "") + (count("z") > 0 ? "z" : "") + (count("v") > 0 ? "v" : "");
  return { date, time, normalDate, normalTime };
}

/**
 * Tells of which of the two dates each part speaks: between the first and the last field that comes twice.
 * @param {Part[]} parts
 * @returns {(Part & { source: string })[]}
 */
export function withSources(parts) {
  const twins = parts.map((part, at) => (part.type === "literal" ? -1 : parts.findIndex((other, index) => index > at && other.type === part.type)));
  const firsts = twins.flatMap((twin, at) => (twin >= 0 && !twins.slice(0, at).includes(at) ? [at] : []));
  const seconds = firsts.map((at) => twins[at]);
  const within = (/** @type {number[]} */ places, /** @type {number} */ at) => places.length > 0 && at >= Math.min(...places) && at <= Math.max(...places);
  return parts.map((part, at) => ({ ...part, source: within(firsts, at) ? "startRange" : within(seconds, at) ? "endRange" : "shared" }));
}
