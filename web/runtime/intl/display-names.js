// Chunk "intlDisplayNames": Intl.DisplayNames.

/** @import { IntlKit } from "./index.js" */

import { unsupported } from "../errors.js";
import { readMatcher, strictOptions, textOption } from "./options.js";

export default displayNames;

const OF = "Intl.DisplayNames";
const TYPES = ["language", "region", "script", "currency", "calendar", "dateTimeField"];
const WIDTHS = ["long", "short", "narrow"];

/** Intl's names of fields to CLDR's. @type {Record<string, string>} */
const FIELDS = { era: "era", year: "year", quarter: "quarter", month: "month", weekOfYear: "week", weekday: "weekday", day: "day", dayPeriod: "dayperiod", hour: "hour", minute: "minute", second: "second", timeZoneName: "zone" };

/** @typedef {{ names: any, style: string, languageDisplay: string }} Names */

/** @param {IntlKit} kit */
export function displayNames(kit) {
  return {
    /** @param {unknown} locales @param {any} given */
    create(locales, given) {
      const requested = kit.locales.canonicalList(locales);
      if (given === undefined) throw new TypeError("invalid_argument");
      const options = strictOptions(given);
      readMatcher(options, OF);
      const style = textOption(options, "style", WIDTHS, "long", OF);
      const type = textOption(options, "type", TYPES, undefined, OF);
      if (type === undefined) throw new TypeError("invalid_argument");
      const fallback = textOption(options, "fallback", ["code", "none"], "code", OF);
      const languageDisplay = textOption(options, "languageDisplay", ["dialect", "standard"], "dialect", OF);
      const { locale } = kit.locales.resolve(requested);
      const names = kit.locales.part("names", locale);
      return {
        resolved: () => ({ locale, style, type, fallback, ...(type === "language" ? { languageDisplay } : {}) }),
        of(/** @type {unknown} */ code) {
          const canonical = READERS[type](kit, String(code));
          const name = NAMES[type]({ names, style, languageDisplay }, canonical);
          return name ?? (fallback === "code" ? canonical : undefined);
        },
      };
    },
  };
}

/** @param {boolean} isRight */
function require(isRight) {
  if (!isRight) throw new RangeError("invalid_argument");
}

/** The code that is looked up; V8 makes few of them canonical. @type {Record<string, (kit: IntlKit, code: string) => string>} */
const READERS = {
  language(kit, code) {
    require(/^([a-z]{2,3}|[a-z]{5,8})(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*$/i.test(code));
    return kit.locales.canonical(code);
  },
  region(_kit, code) {
    require(/^([a-z]{2}|\d{3})$/i.test(code));
    return code;
  },
  script(_kit, code) {
    require(/^[a-z]{4}$/i.test(code));
    return code;
  },
  currency(_kit, code) {
    require(/^[a-z]{3}$/i.test(code));
    return code.toUpperCase();
  },
  calendar(_kit, code) {
    require(/^[a-z0-9]{3,8}(-[a-z0-9]{3,8})*$/i.test(code));
    return code;
  },
  dateTimeField(_kit, code) {
    require(Object.hasOwn(FIELDS, code));
    return code;
  },
};

/** @param {Names} of @param {string} type @param {string} code @returns {string | undefined} */
const nameIn = ({ names, style }, type, code) => (style === "long" ? undefined : names[type].short[code]) ?? names[type].long[code];

/** @type {Record<string, (of: Names, code: string) => string | undefined>} */
const NAMES = {
  language: languageName,
  region: (of, code) => nameIn(of, "region", code),
  script: (of, code) => nameIn(of, "script", code),
  currency: ({ names }, code) => names.currency[code],
  calendar: ({ names }, code) => names.calendar[code],
  dateTimeField({ names, style }, code) {
    const widths = names.field[FIELDS[code]];
    const at = WIDTHS.indexOf(style);
    return widths[at] ?? widths[1] ?? widths[0];
  },
};

/** The longest beginning that has a name of its own, and the rest in brackets; V8 has a script and a region never in the name. @param {Names} of @param {string} tag */
function languageName(of, tag) {
  const [language, ...rest] = tag.split("-");
  const script = rest.find((one) => /^[A-Z][a-z]{3}$/.test(one));
  const region = rest.find((one) => /^([A-Z]{2}|\d{3})$/.test(one));
  const variants = rest.filter((one) => one !== script && one !== region);
  if (variants.length > 0) throw unsupported("Intl.DisplayNames for variants of languages");
  const parts = /** @type {string[]} */ ([script, region].filter((one) => one !== undefined));
  const ways = of.languageDisplay === "standard" || parts.length === 2 ? [[]] : [parts, []];
  for (const used of ways) {
    const name = nameIn(of, "language", [language, ...used].join("-"));
    if (name === undefined && used.length > 0) continue;
    if (name === undefined) return undefined;
    const left = parts.filter((one) => !used.includes(one));
    if (left.length === 0) return name;
    const texts = left.map((one) => (one === script ? nameIn(of, "script", one) : nameIn(of, "region", one)) ?? one);
    const inner = texts.map((text) => text.replaceAll("(", "[").replaceAll(")", "]")).reduce((before, text) => of.names.separator.replace("{0}", () => before).replace("{1}", () => text));
    return of.names.pattern.replace("{0}", () => name).replace("{1}", () => inner);
  }
  return undefined;
}
