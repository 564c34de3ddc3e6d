// Skeletons: which fields a date's text is to have, and how wide. The pattern for a skeleton is found as ICU finds it (its
// DateTimePatternGenerator): of the locale's patterns the one nearest to it, with its fields' widths adjusted, or one for
// the date and one for the time, with what no pattern has appended.

const FIELDS = ["era", "year", "quarter", "month", "week", "weekOfMonth", "weekday", "dayOfYear", "dayOfWeekInMonth", "day", "dayPeriod", "hour", "minute", "second", "fraction", "zone"];
const [MONTH, WEEKDAY, DAY_PERIOD, HOUR, MINUTE, SECOND, FRACTION] = ["month", "weekday", "dayPeriod", "hour", "minute", "second", "fraction"].map((name) => FIELDS.indexOf(name));
const YEAR = FIELDS.indexOf("year");
const DATE_MASK = (1 << DAY_PERIOD) - 1;
const TIME_MASK = (1 << FIELDS.length) - 1 - DATE_MASK;

const NUMERIC = 0x100;
const DELTA = 0x10;
const [NARROW, SHORT, LONG] = [-0x101, -0x103, -0x104];

/** Letter, field, type, least width. @type {[string, string, number, number][]} */
const ROWS = [
  ...widths("G", "era", 0),
  ["y", "year", NUMERIC, 1],
  ["Y", "year", NUMERIC + DELTA, 1],
  ["u", "year", NUMERIC + 2 * DELTA, 1],
  ["Q", "quarter", NUMERIC, 1],
  ["q", "quarter", NUMERIC + DELTA, 1],
  ["M", "month", NUMERIC, 1],
  ...widths("M", "month", 0, 3),
  ["L", "month", NUMERIC + DELTA, 1],
  ...widths("L", "month", DELTA, 3),
  ["w", "week", NUMERIC, 1],
  ["W", "weekOfMonth", NUMERIC, 1],
  ...widths("E", "weekday", 0),
  ["c", "weekday", NUMERIC + 2 * DELTA, 1],
  ...widths("c", "weekday", 2 * DELTA, 3),
  ["e", "weekday", NUMERIC + DELTA, 1],
  ...widths("e", "weekday", DELTA, 3),
  ["d", "day", NUMERIC, 1],
  ["D", "dayOfYear", NUMERIC, 1],
  ["F", "dayOfWeekInMonth", NUMERIC, 1],
  ...widths("a", "dayPeriod", 0),
  ...widths("b", "dayPeriod", DELTA),
  ...widths("B", "dayPeriod", 3 * DELTA),
  ["H", "hour", NUMERIC + 10 * DELTA, 1],
  ["k", "hour", NUMERIC + 11 * DELTA, 1],
  ["h", "hour", NUMERIC, 1],
  ["K", "hour", NUMERIC + DELTA, 1],
  ["m", "minute", NUMERIC, 1],
  ["s", "second", NUMERIC, 1],
  ["S", "fraction", NUMERIC, 1],
  ["v", "zone", SHORT - 2 * DELTA, 1],
  ["v", "zone", LONG - 2 * DELTA, 4],
  ["z", "zone", SHORT, 1],
  ["z", "zone", LONG, 4],
  ["O", "zone", SHORT - DELTA, 1],
  ["O", "zone", LONG - DELTA, 4],
];

/** @param {string} letter @param {string} field @param {number} delta @param {number} [least] @returns {[string, string, number, number][]} */
function widths(letter, field, delta, least = 1) {
  return [
    [letter, field, SHORT - delta, least],
    [letter, field, LONG - delta, 4],
    [letter, field, NARROW - delta, 5],
  ];
}

/** What has been asked of the rows. @type {Map<string, [number, number, number] | undefined>} */
const known = new Map();

/** @param {string} letter @param {number} width @returns {[number, number, number] | undefined} field, type and the least width of its kind */
function typeOf(letter, width) {
  const key = letter + width;
  if (!known.has(key)) {
    const row = ROWS.findLast((one) => one[0] === letter && one[3] <= width);
    known.set(key, row && [FIELDS.indexOf(row[1]), row[2] > 0 ? row[2] + width : row[2], row[3]]);
  }
  return known.get(key);
}

/**
 * A pattern as runs of a letter and texts between them.
 * @param {string} pattern
 * @returns {(string | { letter: string, width: number })[]}
 */
export function tokens(pattern) {
  /** @type {(string | { letter: string, width: number })[]} */
  const all = [];
  for (const [token, quoted, letters] of pattern.matchAll(/'((?:[^']|'')*)'|(([A-Za-z])\3*)|[^A-Za-z']+/g)) {
    if (letters !== undefined) all.push({ letter: letters.charAt(0), width: letters.length });
    else if (quoted !== undefined) all.push(quoted === "" ? "'" : quoted.replaceAll("''", "'"));
    else all.push(token);
  }
  return all;
}

/** @param {string} text as a pattern has it */
export const quoted = (text) => text.replace(/'/g, "''").replace(/[A-Za-z]+/g, (letters) => `'${letters}'`);

/** @typedef {{ types: number[], letters: string[], lengths: number[] }} Skeleton by field */

/** @param {string} text a skeleton or a pattern @returns {Skeleton} */
function skeletonOf(text) {
  /** @type {Skeleton} */
  const skeleton = { types: FIELDS.map(() => 0), letters: FIELDS.map(() => ""), lengths: FIELDS.map(() => 0) };
  for (const token of tokens(text)) {
    if (typeof token === "string") continue;
    const found = typeOf(token.letter, token.width);
    if (!found) continue;
    const [field, type] = found;
    skeleton.types[field] = type;
    skeleton.letters[field] = token.letter;
    skeleton.lengths[field] = token.width;
  }
  if (skeleton.types[FRACTION] !== 0 && skeleton.types[SECOND] === 0 && skeleton.types[MINUTE] !== 0) {
    [skeleton.types[SECOND], skeleton.letters[SECOND], skeleton.lengths[SECOND]] = [NUMERIC + 1, "s", 1];
  }
  if (skeleton.types[HOUR] !== 0) {
    if (skeleton.letters[HOUR] === "h" || skeleton.letters[HOUR] === "K") {
      if (skeleton.types[DAY_PERIOD] === 0) [skeleton.types[DAY_PERIOD], skeleton.letters[DAY_PERIOD], skeleton.lengths[DAY_PERIOD]] = [SHORT, "a", 1];
    } else [skeleton.types[DAY_PERIOD], skeleton.letters[DAY_PERIOD], skeleton.lengths[DAY_PERIOD]] = [0, "", 0];
  }
  return skeleton;
}

/** The fields of a pattern in ICU's order. @param {string} pattern */
export function skeletonText(pattern) {
  const { letters, lengths } = skeletonOf(pattern);
  return letters.map((letter, field) => letter.repeat(lengths[field])).join("");
}

/** @typedef {{ skeleton: Skeleton, pattern: string, isGiven: boolean, base: string }} Candidate isGiven: with a skeleton of its own */

/**
 * @param {any} dates the locale's part
 * @param {string} hourLetter that the region prefers
 */
export function createPatterns(dates, hourLetter) {
  /** @type {Candidate[] | null} */
  let candidates = null;
  /** @type {Map<string, string>} */
  const found = new Map();

  /** @param {Skeleton} wanted @param {number} mask */
  const nearest = (wanted, mask) => {
    const all = (candidates ??= candidatesOf(dates));
    let best = { distance: Infinity, missing: 0, extra: 0, candidate: all[0] };
    for (const candidate of all) {
      const measured = distance(wanted, mask, candidate.skeleton);
      if (measured.distance >= best.distance) continue;
      best = { ...measured, candidate };
      if (measured.distance === 0) break;
    }
    return best;
  };

  /** @param {string} pattern @param {Skeleton} wanted @param {Skeleton | null} own of the pattern @param {{ hours: boolean, fraction?: boolean }} options */
  const adjust = (pattern, wanted, own, options) => {
    let text = "";
    for (const token of tokens(pattern)) {
      if (typeof token === "string") {
        text += quoted(token);
        continue;
      }
      const [field, type] = typeOf(token.letter, token.width) ?? [-1, 0];
      let { letter, width } = token;
      if (field >= 0 && options.fraction && field === SECOND) {
        text += letter.repeat(width) + quoted(dates.decimal) + "S".repeat(wanted.lengths[FRACTION]);
        continue;
      }
      if (field >= 0 && wanted.types[field] !== 0) {
        const asked = wanted.letters[field];
        let askedWidth = wanted.lengths[field];
        if (asked === "E" && askedWidth < 3) askedWidth = 3;
        let newWidth = askedWidth;
        if ((field === HOUR && !options.hours) || field === MINUTE || field === SECOND) newWidth = width;
        else if (own && asked !== "c" && asked !== "e") {
          const ownWidth = own.lengths[field];
          const [patternIsNumeric, ownIsNumeric] = [type > 0, own.types[field] > 0];
          if (ownWidth === askedWidth || patternIsNumeric !== ownIsNumeric) newWidth = width;
        }
        const keepsLetter = field === HOUR || field === MONTH || field === WEEKDAY || (field === YEAR && asked !== "Y");
        if (!keepsLetter) letter = asked;
        if (letter === "E" && newWidth < 3) letter = "e";
        if (field === HOUR) {
          if (asked === hourLetter) letter = hourLetter;
          else if (asked === "h" && hourLetter === "K") letter = "K";
          else if (asked === "H" && hourLetter === "k") letter = "k";
          else if (asked === "k" && hourLetter === "H") letter = "H";
          else if (asked === "K" && hourLetter === "h") letter = "h";
        }
        width = newWidth;
      }
      text += letter.repeat(width);
    }
    return text;
  };

  /** @param {Skeleton} wanted @param {number} mask @param {{ hours: boolean }} options */
  const appending = (wanted, mask, options) => {
    if (mask === 0) return "";
    let best = nearest(wanted, mask);
    let own = best.candidate.isGiven ? best.candidate.skeleton : null;
    let pattern = adjust(best.candidate.pattern, wanted, own, options);
    let { missing } = best;
    for (let last = 0; missing !== 0 && missing !== last; ) {
      const seconds = (1 << SECOND) | (1 << FRACTION);
      if ((missing & seconds) === 1 << FRACTION && (mask & seconds) === seconds) {
        pattern = adjust(pattern, wanted, own, { ...options, fraction: true });
        missing &= ~(1 << FRACTION);
        continue;
      }
      last = missing;
      best = nearest(wanted, missing);
      own = best.candidate.isGiven ? best.candidate.skeleton : null;
      const addition = adjust(best.candidate.pattern, wanted, own, options);
      const added = missing & ~best.missing;
      const field = 31 - Math.clz32(added);
      const append = dates.append[APPENDED[field]] ?? "{0} ├{2}: {1}┤";
      const name = quoted(String(dates.fields[NAMED[field]] ?? "F14"));
      pattern = filled(append, [pattern, addition, name]);
      missing = best.missing;
    }
    return pattern;
  };

  return {
    /**
     * @param {string} text the skeleton; `j` is the region's hour
     * @param {boolean} [hours] its hours are as wide as the skeleton says
     */
    best(text, hours = false) {
      const key = `${text} ${hours}`;
      const known = found.get(key);
      if (known !== undefined) return known;
      const plain = text.replace(/j+/, (run) => hourLetter.repeat(run.length));
      const wanted = skeletonOf(plain);
      const whole = nearest(wanted, -1);
      let pattern;
      if (whole.missing === 0 && whole.extra === 0) pattern = adjust(whole.candidate.pattern, wanted, whole.candidate.isGiven ? whole.candidate.skeleton : null, { hours });
      else {
        const mask = wanted.types.reduce((bits, type, field) => (type === 0 ? bits : bits | (1 << field)), 0);
        const [date, time] = [appending(wanted, mask & DATE_MASK, { hours }), appending(wanted, mask & TIME_MASK, { hours })];
        pattern = date === "" || time === "" ? date + time : filled(dates.atTime[glue(wanted)], [time, date]);
      }
      found.set(key, pattern);
      return pattern;
    },
  };
}

/** Which of the four styles joins date and time. @param {Skeleton} wanted */
function glue(wanted) {
  const width = wanted.types[MONTH] < 0 || wanted.lengths[MONTH] >= 3 ? wanted.lengths[MONTH] : 0;
  if (width === 4) return wanted.types[WEEKDAY] !== 0 ? 0 : 1;
  return width === 3 ? 2 : 3;
}

/** `{0}` and the like in a pattern. @param {string} pattern @param {string[]} values */
export const filled = (pattern, values) => pattern.replace(/\{(\d)\}/g, (_whole, at) => values[Number(at)]);

/** @type {Record<number, string>} */
const APPENDED = Object.fromEntries(
  ["Era", "Year", "Quarter", "Month", "Week", "Week", "Day-Of-Week", "Day", "Day-Of-Week", "Day", "", "Hour", "Minute", "Second", "", "Timezone"].map((name, field) => [field, name]),
);

/** @type {Record<number, string>} */
const NAMED = Object.fromEntries(
  ["era", "year", "quarter", "month", "week", "week", "weekday", "day", "weekday", "day", "dayperiod", "hour", "minute", "second", "", "zone"].map((name, field) => [field, name]),
);

/** @param {Skeleton} wanted @param {number} mask @param {Skeleton} other */
function distance(wanted, mask, other) {
  let [distanceOf, missing, extra] = [0, 0, 0];
  for (let field = 0; field < FIELDS.length; field++) {
    const mine = mask & (1 << field) ? wanted.types[field] : 0;
    const theirs = other.types[field];
    if (mine === theirs) continue;
    if (mine === 0) {
      distanceOf += 0x10000;
      extra |= 1 << field;
    } else if (theirs === 0) {
      distanceOf += 0x1000;
      missing |= 1 << field;
    } else distanceOf += Math.abs(mine - theirs);
  }
  return { distance: distanceOf, missing, extra };
}

/** The patterns to choose from: of those that are equally near, the one with the larger field. @param {any} dates */
function candidatesOf(dates) {
  /** @type {Candidate[]} */
  const candidates = [];
  const bases = new Set();
  /** By the types of its fields. @type {Map<string, number>} */
  const places = new Map();
  const add = (/** @type {string} */ pattern, /** @type {string | null} */ given) => {
    const skeleton = skeletonOf(given ?? pattern);
    const candidate = { skeleton, pattern, isGiven: given !== null, base: baseText(skeleton) };
    if (given === null && bases.has(candidate.base)) return;
    bases.add(candidate.base);
    const key = skeleton.types.join();
    const same = places.get(key);
    if (same === undefined) places.set(key, candidates.push(candidate) - 1);
    else if (!candidates[same].isGiven) candidates[same] = candidate;
  };
  for (const letter of "GyQMwWEDFdaHmsSv") add(letter, null);
  for (const pattern of [...dates.date, ...dates.time]) add(pattern, null);
  for (const skeleton of Object.keys(dates.formats).sort()) if (!/-count-/.test(skeleton)) add(String(dates.formats[skeleton]), skeleton);
  const largest = (/** @type {Candidate} */ { skeleton }) => skeleton.types.findIndex((type) => type !== 0);
  return candidates.sort((one, other) => largest(one) - largest(other));
}

/** Each field at the least width of its kind. @param {Skeleton} skeleton */
function baseText({ letters, lengths }) {
  return letters.map((letter, field) => (letter === "" ? "" : letter.repeat(typeOf(letter, lengths[field])?.[2] ?? 0))).join("");
}
