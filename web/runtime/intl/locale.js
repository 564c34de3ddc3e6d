// Intl.Locale.

/** @import { IntlKit } from "./index.js" */

import { slotsOf } from "./classes.js";
import { split } from "./locales.js";
import { flagOption, optionsObject, textOption, typeOption } from "./options.js";

const OF = "locale";
const WRONG = "Incorrect locale information provided";
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** @param {IntlKit} kit @returns {import("./classes.js").Shape} */
export function localeClass(kit) {
  const derived = (/** @type {{ tag: string }} */ slots, /** @type {(tag: string) => string | null | undefined} */ change) =>
    Reflect.construct(globalThis.Intl.Locale, [change(slots.tag) ?? slots.tag]);
  const subtags = (/** @type {{ tag: string }} */ { tag }) => {
    const [language, ...rest] = split(tag).base.split("-");
    return {
      language: language === "und" ? undefined : language,
      script: rest.find((one) => /^[A-Z][a-z]{3}$/.test(one)),
      region: rest.find((one) => /^([A-Z]{2}|\d{3})$/.test(one)),
    };
  };
  const keyword = (/** @type {string} */ key) => (/** @type {{ tag: string }} */ { tag }) => split(tag).keywords[key] || undefined;
  const [calendars, hourCycles, systems, collations] = [calendarsOf(kit), hourCyclesOf(kit), systemsOf(kit), collationsOf()];
  const [zones, week] = [zonesOf(kit, subtags), weekOf(kit)];
  const textInfo = (/** @type {{ tag: string }} */ { tag }) => ({
    direction: /-(Arab|Hebr|Syrc|Thaa|Nkoo|Adlm|Rohg|Mand|Samr)\b/.test(String(kit.host.maximized(split(tag).base))) ? "rtl" : "ltr",
  });
  /** @type {[string, string, (slots: any) => unknown][]} */
  const lists = [
    ["calendars", "getCalendars", calendars],
    ["collations", "getCollations", collations],
    ["hourCycles", "getHourCycles", hourCycles],
    ["numberingSystems", "getNumberingSystems", systems],
    ["timeZones", "getTimeZones", zones],
    ["textInfo", "getTextInfo", textInfo],
    ["weekInfo", "getWeekInfo", week],
  ];
  return {
    name: "Locale",
    length: 1,
    create(tag, options) {
      if (typeof tag !== "string" && (typeof tag !== "object" || tag === null)) throw new TypeError("First argument to Intl.Locale constructor can't be empty or missing");
      return { tag: withOptions(kit, slotsOf(tag)?.tag ?? kit.locales.canonical(String(tag)), options) };
    },
    methods: {
      toString: /** @type {[number, (slots: any) => unknown]} */ ([0, (/** @type {any} */ slots) => slots.tag]),
      maximize: [0, (slots) => derived(slots, kit.host.maximized)],
      minimize: [0, (slots) => derived(slots, kit.host.minimized)],
      ...Object.fromEntries(lists.map(([, method, work]) => /** @type {const} */ ([method, [0, work]]))),
    },
    getters: {
      language: (slots) => subtags(slots).language,
      script: (slots) => subtags(slots).script,
      region: (slots) => subtags(slots).region,
      baseName: ({ tag }) => split(tag).base,
      calendar: keyword("ca"),
      caseFirst: ({ tag }) => split(tag).keywords.kf,
      collation: keyword("co"),
      firstDayOfWeek: keyword("fw"),
      hourCycle: keyword("hc"),
      numeric: ({ tag }) => ["", "true"].includes(split(tag).keywords.kn),
      numberingSystem: keyword("nu"),
      ...Object.fromEntries(lists.map(([getter, , work]) => [getter, work])),
    },
    order: (
      "toString maximize minimize language script region baseName calendar caseFirst collation firstDayOfWeek hourCycle numeric numberingSystem " +
      "calendars collations hourCycles numberingSystems textInfo timeZones weekInfo getCalendars getCollations getHourCycles getNumberingSystems getTimeZones getTextInfo getWeekInfo"
    ).split(" "),
  };
}

/** @param {IntlKit} kit @param {string} tag @param {unknown} given */
function withOptions(kit, tag, given) {
  const options = optionsObject(given, OF);
  const part = (/** @type {string} */ name, /** @type {RegExp} */ form) => {
    const value = textOption(options, name, null, undefined, OF);
    if (value !== undefined && !form.test(value)) throw new RangeError(WRONG);
    return value;
  };
  const language = part("language", /^([a-z]{2,3}|[a-z]{5,8})$/i);
  const script = part("script", /^[a-z]{4}$/i);
  const region = part("region", /^([a-z]{2}|\d{3})$/i);
  const { base, keywords, attributes } = split(tag);
  const [first, ...rest] = base.split("-");
  const variants = rest.filter((one) => !/^([A-Z][a-z]{3}|[A-Z]{2}|\d{3})$/.test(one));
  const own = { script: rest.find((one) => /^[A-Z][a-z]{3}$/.test(one)), region: rest.find((one) => /^([A-Z]{2}|\d{3})$/.test(one)) };
  const changed = [language ?? first, script ?? own.script, region ?? own.region, ...variants].filter((one) => one !== undefined).join("-");
  const calendar = typeOption(options, "calendar", "");
  const collation = typeOption(options, "collation", "");
  const firstDay = firstDayOption(options);
  const hourCycle = textOption(options, "hourCycle", ["h11", "h12", "h23", "h24"], undefined, "locale");
  const caseFirst = textOption(options, "caseFirst", ["upper", "lower", "false"], undefined, "locale");
  const numeric = flagOption(options, "numeric", undefined);
  const numberingSystem = typeOption(options, "numberingSystem", "");
  const set = { ca: calendar, co: collation, fw: firstDay, hc: hourCycle, kf: caseFirst, kn: numeric === undefined ? undefined : numeric ? "" : "false", nu: numberingSystem };
  for (const [key, value] of Object.entries(set)) if (value !== undefined) keywords[key] = value;
  const extension = [...attributes, ...Object.keys(keywords).sort().map((key) => (keywords[key] ? `${key}-${keywords[key]}` : key))].join("-");
  const others = tag.slice(base.length).replace(/-u-.*?(?=-[a-z0-9]-|$)/, "");
  const before = /^((?:-[a-t]-(?:(?!-[a-z0-9]-).)*)*)(.*)$/.exec(others) ?? ["", "", others];
  return kit.locales.canonical(changed + before[1] + (extension && `-u-${extension}`) + before[2]);
}

/** @param {any} options */
function firstDayOption(options) {
  const value = textOption(options, "firstDayOfWeek", null, undefined, OF);
  if (value === undefined) return undefined;
  if (/^[0-7]$/.test(value)) return DAYS[Number(value) % 7];
  if (!/^[a-z0-9]{3,8}(-[a-z0-9]{3,8})*$/i.test(value)) throw new RangeError(WRONG);
  return value.toLowerCase();
}

/** @param {IntlKit} kit */
const calendarsOf = (kit) => (/** @type {{ tag: string }} */ { tag }) => {
  const { ca } = split(tag).keywords;
  if (ca) return [ca];
  const { calendars } = kit.locales.about();
  return String(calendars[kit.locales.region(tag)] ?? calendars["001"]).split(/[ ,]/).map((name) => ({ gregorian: "gregory" })[name] ?? name);
};

/** @param {IntlKit} kit */
const hourCyclesOf = (kit) => (/** @type {{ tag: string }} */ { tag }) => {
  const { hc } = split(tag).keywords;
  return [hc || kit.dates().defaultHourCycle(tag)];
};

/** @param {IntlKit} kit */
const systemsOf = (kit) => (/** @type {{ tag: string }} */ { tag }) => {
  const { base, keywords } = split(tag);
  if (keywords.nu) return [keywords.nu];
  return [kit.locales.part("numbers", kit.locales.resolve([base]).locale).nu[0]];
};

const collationsOf = () => (/** @type {{ tag: string }} */ { tag }) => {
  const { base, keywords } = split(tag);
  if (keywords.co) return [keywords.co];
  const [language] = base.split("-");
  return (BY_LANGUAGE[language] ?? "emoji eor").split(" ");
};

/** @type {Record<string, string>} */
const BY_LANGUAGE = { ar: "compat emoji eor", de: "emoji eor phonebk", es: "emoji eor trad", ja: "emoji eor unihan", ko: "emoji eor searchjl unihan", zh: "emoji eor pinyin stroke unihan zhuyin", fi: "emoji eor trad", sv: "emoji eor trad", vi: "emoji eor trad", bn: "emoji eor trad" };

/** @param {IntlKit} kit @param {(slots: any) => { region: string | undefined }} subtags */
const zonesOf = (kit, subtags) => (/** @type {{ tag: string }} */ slots) => {
  const { region } = subtags(slots);
  return region === undefined ? undefined : [...(kit.locales.about().zones[region] ?? [])].sort();
};

/** @param {IntlKit} kit */
const weekOf = (kit) => (/** @type {{ tag: string }} */ { tag }) => {
  const { firstDay, weekendStart, weekendEnd } = kit.locales.about();
  const region = kit.locales.region(tag);
  const day = (/** @type {Record<string, string>} */ table) => DAYS.indexOf(table[region] ?? table["001"]) || 7;
  const own = DAYS.indexOf(split(tag).keywords.fw);
  const [start, end] = [day(weekendStart), day(weekendEnd)];
  return { firstDay: own >= 0 ? own || 7 : day(firstDay), weekend: start === end ? [start] : [start, end].sort((a, b) => a - b) };
};
