// Chunk "locale": what the locale methods give when nothing but en-US is asked for, for an engine without Intl. The chunk
// "intl" gives the same, and takes longer to load.

/** What each of the methods in locale-methods.js does, given `this` and the arguments. */
export default {
  /** @param {number} value */
  number(value) {
    return groupedNumber(Number(value));
  },
  /** @param {bigint} value */
  bigint(value) {
    return grouped(String(value));
  },
  /** @param {Date} date */
  dateTime(date) {
    return dateText(date, [day, time]);
  },
  /** @param {Date} date */
  date(date) {
    return dateText(date, [day]);
  },
  /** @param {Date} date */
  time(date) {
    return dateText(date, [time]);
  },
  /** @param {string} text @param {unknown[]} args */
  compare(text, [that]) {
    return compare(String(text), String(that));
  },
};

/** @param {string} digits with or without a sign */
const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");

/** @param {number} number */
function groupedNumber(number) {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? "NaN" : number < 0 ? "-∞" : "∞";
  if (Math.abs(number) >= 1e21) return grouped(String(BigInt(number)));
  const sign = number < 0 || Object.is(number, -0) ? "-" : "";
  const thousandths = roundedThousandths(Math.abs(number)).padStart(4, "0");
  const fraction = thousandths.slice(-3).replace(/0+$/, "");
  return sign + grouped(thousandths.slice(0, -3)) + (fraction && `.${fraction}`);
}

/** Rounded half up by the decimal digits that the number is written with, not by its binary value. @param {number} size */
function roundedThousandths(size) {
  const [digits, exponent = "0"] = String(size).split("e");
  const [whole, fraction = ""] = digits.split(".");
  const places = 3 + Number(exponent);
  if (places < 0) return "0";
  const shifted = whole + fraction.slice(0, places).padEnd(places, "0");
  return String(BigInt(shifted) + (fraction.charAt(places) >= "5" ? 1n : 0n));
}

/** @param {Date} date @param {((date: Date) => string)[]} parts */
const dateText = (date, parts) => (Number.isNaN(date.getTime()) ? "Invalid Date" : parts.map((part) => part(date)).join(", "));

/** @param {Date} date */
const day = (date) => `${date.getMonth() + 1}/${date.getDate()}/${date.getFullYear()}`;

/** Node writes a plain space before AM and PM. @param {Date} date */
function time(date) {
  const hours = date.getHours();
  const rest = [date.getMinutes(), date.getSeconds()].map((number) => String(number).padStart(2, "0")).join(":");
  return `${hours % 12 || 12}:${rest} ${hours < 12 ? "AM" : "PM"}`;
}

/** Letters first, then accents, then lower before upper case: what collation comes to for words. @param {string} a @param {string} b */
function compare(a, b) {
  const base = (/** @type {string} */ text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const lower = (/** @type {string} */ text) => text.normalize("NFD").toLowerCase();
  return order(base(a), base(b)) || order(lower(a), lower(b)) || order(b.normalize("NFD"), a.normalize("NFD"));
}

/** By class of character (blanks and signs, digits, letters, accents), then by code. @param {string} a @param {string} b */
function order(a, b) {
  const [first, second] = [[...a], [...b]];
  for (let i = 0; i < first.length && i < second.length; i++) {
    if (first[i] === second[i]) continue;
    const ranks = rank(first[i]) - rank(second[i]);
    return Math.sign(ranks) || (first[i] < second[i] ? -1 : 1);
  }
  return Math.sign(first.length - second.length);
}

/** @param {string} char */
const rank = (char) => (/\p{M}/u.test(char) ? 4 : /\p{L}/u.test(char) ? 3 : /\p{N}/u.test(char) ? 2 : 1);
