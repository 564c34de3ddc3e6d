// Makes intl.bin, the data of locales that Intl of the embedded engine is made of (src/engine/intl/data.rs reads it):
// four bytes with the length of the index, the index as JSON (name to [start, length]), and the parts, each compressed
// by itself. A part of a region holds what differs from the part of its language.
//
//   locales             which locales there are, and what is said of regions
//   plurals, zones      rules of plural forms; time zones, their names' codes and where they are
//   numbers/LOCALE      patterns, symbols, currencies and units
//   dates/LOCALE        the Gregorian calendar
//   zones/LOCALE        names of time zones
//   phrases/LOCALE      lists and relative times
//   names/LOCALE        names of languages, regions, scripts, currencies, calendars and fields

import { readFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { deflateRawSync } from "node:zlib";

const require = createRequire(import.meta.url);

/** Languages with all their regions. */
const LANGUAGES = (
  "ar bg bn ca cs da de el en es et fi fr he hi hr hu id it ja ko lt lv ms nb nl nn no pl pt ro ru sk sl sr sv ta th tr uk vi zh"
).split(" ");

/** Of CLDR's languages, and of the locales of those that are there, those that Node's ICU does not have. */
const NOT_IN_NODE = new Set(
  ("aa ab an ann apc arn bal bew bgn blt bqi bss byn cad cch cho cic co cop cu dv frr gez gn hnj ht io iu jbo kaa kaj kcg " +
    "kek ken kpe la lag lkt lld ltg lzz mdf mgo mhn mic moh mus mww myv nr nv ny oka osa pap pi pis quc rhg rif sdh sgs sid " +
    "skr sma smj sms ss ssy suz tig tpi trv trw ts und ve vo wa wal wbp za " +
    "ca-ES-valencia el-polyton en-Dsrt en-Dsrt-US en-Shaw en-Shaw-GB ms-Arab ms-Arab-BN ms-Arab-MY nb-NO nb-SJ zh-Latn zh-Latn-CN").split(" "),
);

/** The file of a CLDR package. @param {string} path */
const cldr = (path) => JSON.parse(readFileSync(require.resolve(path), "utf8"));

/** @returns {Buffer} */
export function intlData() {
  /** @type {Map<string, unknown>} */
  const parts = new Map();
  const available = cldr("cldr-core/availableLocales.json").availableLocales.full;
  parts.set("locales", localesPart(available));
  parts.set("plurals", pluralsPart());
  parts.set("zones", zonesPart());
  const kinds = { numbers: numbersPart, dates: datesPart, zones: zoneNamesPart, phrases: phrasesPart, names: namesPart };
  for (const language of LANGUAGES) {
    const regions = available.filter((/** @type {string} */ locale) => locale.startsWith(`${language}-`) && !NOT_IN_NODE.has(locale));
    for (const [kind, make] of Object.entries(kinds)) {
      const base = make(language);
      if (!base) throw new Error(`there is no data for ${kind}/${language}`);
      parts.set(`${kind}/${language}`, base);
      for (const region of regions) {
        const part = make(region);
        if (part) parts.set(`${kind}/${region}`, changes(base, part) ?? {});
      }
    }
  }
  return archive(parts);
}

/** @param {Map<string, unknown>} parts */
function archive(parts) {
  /** @type {Record<string, [number, number]>} */
  const index = {};
  const bodies = [];
  /** Many regions differ in the same. @type {Map<string, [number, number]>} */
  const known = new Map();
  let start = 0;
  for (const [name, part] of parts) {
    const text = JSON.stringify(part);
    let place = known.get(text);
    if (!place) {
      const body = deflateRawSync(text, { level: 9 });
      place = [start, body.length];
      bodies.push(body);
      start += body.length;
      known.set(text, place);
    }
    index[name] = place;
  }
  const head = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, ...bodies]);
}

/** What to merge into `base` to have `part` (RFC 7396); undefined: nothing. @param {any} base @param {any} part @returns {any} */
function changes(base, part) {
  if (!isRecord(base) || !isRecord(part)) return JSON.stringify(base) === JSON.stringify(part) ? undefined : part;
  /** @type {Record<string, unknown>} */
  const patch = {};
  for (const key of Object.keys(base)) if (!(key in part)) patch[key] = null;
  for (const [key, value] of Object.entries(part)) {
    const change = key in base ? changes(base[key], value) : value;
    if (change !== undefined) patch[key] = change;
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {string[]} available */
function localesPart(available) {
  const defaults = cldr("cldr-core/defaultContent.json").defaultContent;
  const inNode = [...available, ...defaults].filter((locale) => !NOT_IN_NODE.has(locale.split("-")[0]) && !NOT_IN_NODE.has(locale));
  const scriptless = inNode.map((locale) => locale.replace(/^(\w+)-[A-Z]\w{3}-/, "$1-"));
  const weeks = cldr("cldr-core/supplemental/weekData.json").supplemental.weekData;
  const times = cldr("cldr-core/supplemental/timeData.json").supplemental.timeData;
  const calendars = cldr("cldr-core/supplemental/calendarPreferenceData.json").supplemental.calendarPreferenceData;
  const zonesByCountry = zonesPart().countries;
  const digits = cldr("cldr-core/supplemental/numberingSystems.json").supplemental.numberingSystems;
  return {
    available: [...new Set([...inNode, ...scriptless])].sort(),
    withData: LANGUAGES,
    parents: cldr("cldr-core/supplemental/parentLocales.json").supplemental.parentLocales.parentLocale,
    firstDay: weeks.firstDay,
    weekendStart: weeks.weekendStart,
    weekendEnd: weeks.weekendEnd,
    hours: mapped(times, (/** @type {any} */ { _allowed, _preferred }) => [_preferred, ..._allowed.split(" ")]),
    calendars,
    zones: zonesByCountry,
    timeZones: [...new Set(Object.values(zonesPart().names))].filter((name) => /^[A-Z]\w+\//.test(name) && !/^(Etc|SystemV)\//.test(name)).sort(),
    digits: mapped(digits, (/** @type {any} */ { _digits }) => _digits),
    collations: Object.entries(cldr("cldr-bcp47/bcp47/collation.json").keyword.u.co).flatMap(([name, { _deprecated }]) => (name.startsWith("_") || _deprecated ? [] : [name])),
    currencyDigits: mapped(cldr("cldr-core/supplemental/currencyData.json").supplemental.currencyData.fractions, (/** @type {any} */ { _digits }) => Number(_digits)),
  };
}

/** @param {Record<string, any>} record @param {(value: any) => any} change */
function mapped(record, change) {
  return Object.fromEntries(Object.entries(record).flatMap(([key, value]) => (change(value) === undefined ? [] : [[key, change(value)]])));
}

/** The rules without the samples behind them. */
function pluralsPart() {
  const rules = (/** @type {any} */ of) =>
    mapped(of, (categories) => Object.fromEntries(Object.entries(categories).map(([name, rule]) => [name.replace("pluralRule-count-", ""), String(rule).replace(/\s*@.*$/, "")])));
  const { "plurals-type-cardinal": cardinal } = cldr("cldr-core/supplemental/plurals.json").supplemental;
  const { "plurals-type-ordinal": ordinal } = cldr("cldr-core/supplemental/ordinals.json").supplemental;
  const ranges = cldr("cldr-core/supplemental/pluralRanges.json").supplemental.plurals;
  const short = (/** @type {any} */ of) =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [key.replace("pluralRange-start-", "").replace("-end-", "_"), value]));
  return { cardinal: rules(cardinal), ordinal: rules(ordinal), ranges: mapped(ranges, short) };
}

function zonesPart() {
  const { tz } = cldr("cldr-bcp47/bcp47/timezone.json").keyword.u;
  const { metazoneInfo, metazones } = cldr("cldr-core/supplemental/metaZones.json").supplemental.metaZones;
  /** Each name of a zone to the one that ICU has for it. @type {Record<string, string>} */
  const names = {};
  /** @type {Record<string, string[]>} */
  const countries = {};
  /** @type {Record<string, string>} */
  const regions = {};
  for (const [code, entry] of Object.entries(tz)) {
    if (code.startsWith("_") || entry._deprecated || !entry._alias) continue;
    const aliases = entry._alias.split(" ");
    for (const alias of aliases) names[alias] = aliases[0];
    const region = entry._region ?? (/^[a-z]{2}[a-z0-9]{3,}$/.test(code) ? code.slice(0, 2).toUpperCase() : undefined);
    if (region === undefined || !aliases[0].includes("/") || aliases[0].startsWith("Etc/")) continue;
    regions[aliases[0]] = region;
    (countries[region] ??= []).push(aliases[0]);
  }
  /** @type {Record<string, [string, string | null, string | null][]>} */
  const used = {};
  const walk = (/** @type {any} */ node, /** @type {string[]} */ path) => {
    if (Array.isArray(node)) used[path.join("/")] = node.map(({ usesMetazone: { _mzone, _from, _to } }) => [_mzone, _from ?? null, _to ?? null]);
    else for (const [key, child] of Object.entries(node)) walk(child, [...path, key]);
  };
  walk(metazoneInfo.timezone, []);
  const golden = Object.fromEntries(metazones.flatMap((/** @type {any} */ { mapZone }) => (mapZone._territory === "001" ? [[mapZone._other, mapZone._type]] : [])));
  /** @type {Record<string, Record<string, string>>} */
  const goldenOf = {};
  for (const { mapZone } of metazones) if (mapZone._territory !== "001") (goldenOf[mapZone._other] ??= {})[mapZone._territory] = mapZone._type;
  const primary = Object.fromEntries(Object.entries(cldr("cldr-core/supplemental/primaryZones.json").supplemental.primaryZones));
  return { names, regions, countries, metazones: used, golden, goldenOf, primary };
}

/** The data of a FormatJS package for a locale, or nothing. @param {string} name @param {string} locale */
function formatJs(name, locale) {
  const path = join(dirname(require.resolve(`@formatjs/${name}`)), "locale-data", `${locale}.js`);
  if (!existsSync(path)) return undefined;
  /** @type {any} */
  let found;
  const take = (/** @type {any} */ data) => void (found = data.data);
  const Intl = { [CLASSES[name]]: { __addLocaleData: take } };
  new Function("Intl", "globalThis", readFileSync(path, "utf8"))(Intl, {});
  return found;
}

/** @type {Record<string, string>} */
const CLASSES = {
  "intl-numberformat": "NumberFormat",
  "intl-listformat": "ListFormat",
};

/** @param {string} locale */
function numbersPart(locale) {
  const data = formatJs("intl-numberformat", locale);
  if (!data) return undefined;
  const { currency } = data.numbers;
  for (const system of Object.values(currency)) if (typeof system === "object") system.short ??= currency.latn.short;
  const formats = cldrMain("cldr-numbers-full", "numbers", locale).numbers["decimalFormats-numberSystem-latn"];
  const exact = (/** @type {string} */ width) =>
    Object.fromEntries(Object.entries(formats[width].decimalFormat).flatMap(([key, text]) => (key.endsWith("-count-1") ? [[key.split("-")[0], text]] : [])));
  return { ...data, exact: { short: exact("short"), long: exact("long") } };
}

/** @param {string} locale */
function phrasesPart(locale) {
  const lists = formatJs("intl-listformat", locale);
  const fields = cldrMain("cldr-dates-full", "dateFields", locale)?.dates.fields;
  if (!lists || !fields) return undefined;
  const relative = UNITS_OF_TIME.flatMap((unit) => ["", "-short", "-narrow"].map((width) => [unit + width, relativeForms(fields[unit + width])]));
  return { lists, relative: Object.fromEntries(relative) };
}

const UNITS_OF_TIME = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"];

/** @param {Record<string, any>} field */
function relativeForms(field) {
  const said = Object.entries(field).flatMap(([key, value]) => (key.startsWith("relative-type-") ? [[key.slice("relative-type-".length), value]] : []));
  const counted = (/** @type {string} */ kind) =>
    Object.fromEntries(Object.entries(field[`relativeTime-type-${kind}`]).map(([key, value]) => [key.replace("relativeTimePattern-count-", ""), value]));
  return { ...Object.fromEntries(said), future: counted("future"), past: counted("past") };
}

/** @param {string} locale */
function namesPart(locale) {
  const names = (/** @type {string} */ file) => cldrMain("cldr-localenames-full", file, locale)?.localeDisplayNames;
  const patterns = names("localeDisplayNames");
  if (!patterns || !names("languages")) return undefined;
  const [languages, scripts, regions] = [names("languages").languages, names("scripts").scripts, names("territories").territories];
  const currencies = cldrMain("cldr-numbers-full", "currencies", locale).numbers.currencies;
  const { fields } = cldrMain("cldr-dates-full", "dateFields", locale).dates;
  const { gregorian: gregory, ...calendars } = skeletons(patterns.types?.calendar ?? {});
  return {
    pattern: patterns.localeDisplayPattern.localePattern,
    separator: patterns.localeDisplayPattern.localeSeparator,
    language: { long: skeletons(languages), short: alternatives(languages, "short") },
    script: { long: skeletons(scripts), short: alternatives(scripts, "short") },
    region: { long: skeletons(regions), short: alternatives(regions, "short") },
    currency: mapped(currencies, ({ displayName }) => displayName),
    calendar: { gregory, ...calendars },
    field: Object.fromEntries(FIELDS.map((name) => [name, ["", "-short", "-narrow"].map((width) => fields[name + width]?.displayName)])),
  };
}

/** CLDR's names of what Intl.DisplayNames knows as fields. */
const FIELDS = ["era", "year", "quarter", "month", "week", "weekday", "day", "dayperiod", "hour", "minute", "second", "zone"];

/** What stands under `NAME-alt-KIND`. @param {Record<string, string>} names @param {string} kind */
function alternatives(names, kind) {
  const end = `-alt-${kind}`;
  return Object.fromEntries(Object.entries(names).flatMap(([name, text]) => (name.endsWith(end) ? [[name.slice(0, -end.length), text]] : [])));
}

/** @param {string} name of the package @param {string} file @param {string} locale @returns {any} */
function cldrMain(name, file, locale) {
  try {
    return cldr(`${name}/main/${locale}/${file}.json`).main[locale];
  } catch (error) {
    if (/** @type {any} */ (error).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** @param {string} locale */
function datesPart(locale) {
  const calendar = cldrMain("cldr-dates-full", "ca-gregorian", locale)?.dates.calendars.gregorian;
  if (!calendar) return undefined;
  const fields = cldrMain("cldr-dates-full", "dateFields", locale).dates.fields;
  const numbers = cldrMain("cldr-numbers-full", "numbers", locale).numbers;
  const system = numbers.defaultNumberingSystem;
  const symbols = numbers[`symbols-numberSystem-${system}`];
  const { dateTimeFormats } = calendar;
  return {
    months: namesOf(calendar.months, Object.values),
    days: namesOf(calendar.days, Object.values),
    dayPeriods: namesOf(calendar.dayPeriods, (/** @type {any} */ names) => names),
    eras: { wide: eras(calendar.eras.eraNames), abbreviated: eras(calendar.eras.eraAbbr), narrow: eras(calendar.eras.eraNarrow) },
    date: styles(calendar.dateFormats),
    time: styles(calendar.timeFormats),
    dateTime: styles(dateTimeFormats),
    atTime: styles(calendar["dateTimeFormats-atTime"]?.standard ?? dateTimeFormats),
    formats: skeletons(dateTimeFormats.availableFormats),
    intervals: mapped(dateTimeFormats.intervalFormats, (value) => (typeof value === "string" ? value : skeletons(value))),
    append: dateTimeFormats.appendItems,
    fields: Object.fromEntries(["era", "year", "month", "weekday", "day", "dayperiod", "hour", "minute", "second", "zone"].map((name) => [name, fields[name]?.displayName ?? name])),
    numberingSystem: system,
    decimal: symbols.decimal,
    dayPeriodRules: cldr("cldr-core/supplemental/dayPeriods.json").supplemental.dayPeriodRuleSet[locale.split("-")[0]] ?? {},
  };
}

/** Variants (`-alt-ascii`) are left out. @param {Record<string, any>} formats */
const skeletons = (formats) => Object.fromEntries(Object.entries(formats).filter(([key]) => !key.includes("-alt-")));

/** By context and width. @param {any} contexts @param {(names: any) => any} list */
function namesOf(contexts, list) {
  return mapped(contexts, (widths) => mapped(widths, (names) => list(skeletons(names))));
}

/** @param {Record<string, string>} names */
const eras = (names) => [names[0], names[1]];

/** Full, long, medium, short. @param {any} formats */
const styles = (formats) => ["full", "long", "medium", "short"].map((style) => formats[style]?._value ?? formats[style]);

/** @param {string} locale */
function zoneNamesPart(locale) {
  const names = cldrMain("cldr-dates-full", "timeZoneNames", locale)?.dates.timeZoneNames;
  if (!names) return undefined;
  const { zone, metazone, ...formats } = names;
  /** @type {Record<string, any>} */
  const zones = {};
  const walk = (/** @type {any} */ node, /** @type {string[]} */ path) => {
    if (node.exemplarCity !== undefined || node.long || node.short) zones[path.join("/")] = { city: node.exemplarCity, long: node.long, short: node.short };
    else if (isRecord(node)) for (const [key, child] of Object.entries(node)) walk(child, [...path, key]);
  };
  walk(zone, []);
  const regions = cldrMain("cldr-localenames-full", "territories", locale)?.localeDisplayNames.territories ?? {};
  const countries = Object.fromEntries(Object.entries(regions).filter(([code]) => /^[A-Z]{2}$/.test(code)));
  return { formats, zones, metazones: metazone ?? {}, countries };
}
