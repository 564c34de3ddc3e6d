// Intl.ListFormat.

/** @import { IntlKit } from "./index.js" */

import { readMatcher, strictOptions, textOption } from "./options.js";

/** @param {IntlKit} kit @returns {import("./classes.js").Shape} */
export function listFormat(kit) {
  const of = "Intl.ListFormat";
  return {
    name: "ListFormat",
    create(locales, given) {
      const requested = kit.locales.canonicalList(locales);
      const options = strictOptions(given);
      readMatcher(options, of);
      const { locale } = kit.locales.resolve(requested);
      const type = textOption(options, "type", ["conjunction", "disjunction", "unit"], "conjunction", of);
      const style = textOption(options, "style", ["long", "short", "narrow"], "long", of);
      return { locale, type, style };
    },
    resolved: ({ locale, type, style }) => ({ locale, type, style }),
    methods: {
      format: [1, (slots, list) => joined(kit, slots, strings(list)).map(({ value }) => value).join("")],
      formatToParts: [1, (slots, list) => joined(kit, slots, strings(list))],
    },
  };
}

/** @param {Iterable<unknown> | undefined} list @returns {string[]} */
function strings(list) {
  if (list === undefined) return [];
  const all = [];
  for (const value of list) {
    if (typeof value !== "string") throw new TypeError(`Iterable yielded ${String(value)} which is not a string`);
    all.push(value);
  }
  return all;
}

/**
 * @param {IntlKit} kit @param {{ locale: string, type: string, style: string }} slots @param {string[]} list
 * @returns {{ type: string, value: string }[]}
 */
export function joined(kit, { locale, type, style }, list) {
  const patterns = kit.locales.part("phrases", locale).lists[type][style];
  const parts = list.map((value) => ({ type: "element", value }));
  if (parts.length < 2) return parts;
  const last = /** @type {string} */ (list.at(-1));
  const end = before(locale, list.length === 2 ? patterns.pair : patterns.end, last);
  /** @type {string[]} */
  const texts = [];
  for (let at = 0; at < list.length - 1; at++) {
    const pattern = at === list.length - 2 ? end : at === 0 ? patterns.start : patterns.middle;
    texts.push(/** @type {string[]} */ (/^\{0\}(.*)\{1\}$/su.exec(pattern))[1]);
  }
  return parts.flatMap((part, at) => (at === 0 || texts[at - 1] === "" ? [part] : [{ type: "literal", value: texts[at - 1] }, part]));
}

/** What "and" and "or" become before some words. @param {string} locale @param {string} pattern @param {string} word */
function before(locale, pattern, word) {
  const [language] = locale.split("-");
  if (language === "es") {
    if (/^(i|hi(?![ae]))/i.test(word)) return pattern.replace(/ y \{1\}$/, " e {1}");
    if (/^(o|ho|8)/i.test(word) || /^11($|[\s.,]|\d{3}($|\D))/.test(word)) return pattern.replace(/ o \{1\}$/, " u {1}");
  }
  if (language === "he" && !/^\p{Script=Hebrew}/u.test(word)) return pattern.replace(/ו\{1\}$/, "ו-{1}");
  return pattern;
}
