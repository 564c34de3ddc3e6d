// Chunk "intl": the global Intl for an engine without one. What each constructor does stands in a file of its own, the
// large ones in chunks of their own; the data of locales comes from the host (IntlHost), part by part.

/** @import { IntlHost } from "../../protocol.d.ts" */
/** @import numberFormat from "./number-format.js" */
/** @import dateTimeFormat from "./date-time-format.js" */
/** @import displayNames from "./display-names.js" */

import { hide } from "../values.js";
import { defineClasses } from "./classes.js";
import { collator } from "./collator.js";
import { durationFormat } from "./duration-format.js";
import { listFormat } from "./list-format.js";
import { createLocales } from "./locales.js";
import { localeClass } from "./locale.js";
import { createPlurals, pluralRules } from "./plural-rules.js";
import { relativeTimeFormat } from "./relative-time-format.js";
import { segmenter } from "./segmenter.js";
import { supportedValuesOf } from "./supported-values.js";

/**
 * What the constructors share.
 * @typedef {object} IntlKit
 * @property {IntlHost} host
 * @property {ReturnType<typeof createLocales>} locales
 * @property {ReturnType<typeof createPlurals>} plurals
 * @property {() => ReturnType<typeof numberFormat>} numbers
 * @property {() => ReturnType<typeof dateTimeFormat>} dates
 * @property {() => ReturnType<typeof displayNames>} names
 * @property {() => string} zone the program's time zone
 */

export default createIntl;

/**
 * @param {IntlHost} host
 * @param {(name: string) => any} chunk gives a chunk
 * @param {string} zone the program's time zone
 */
function createIntl(host, chunk, zone) {
  const locales = createLocales(host);
  /** @type {IntlKit} */
  const kit = {
    host,
    locales,
    plurals: createPlurals(() => kit),
    numbers: once(() => chunk("intlNumberFormat")(kit)),
    dates: once(() => chunk("intlDateTimeFormat")(kit)),
    names: once(() => chunk("intlDisplayNames")(kit)),
    zone: () => zone,
  };
  const Intl = Object.create(Object.prototype, { [Symbol.toStringTag]: { value: "Intl", configurable: true } });
  const { getCanonicalLocales } = {
    /** @param {unknown} list */
    getCanonicalLocales(list) {
      return locales.canonicalList(list);
    },
  };
  hide(Intl, "getCanonicalLocales", getCanonicalLocales);
  hide(Intl, "supportedValuesOf", supportedValuesOf(kit));
  defineClasses(Intl, locales, [
    dateTimeShape(kit),
    numberShape(kit),
    collator(kit),
    pluralRules(kit),
    relativeTimeFormat(kit),
    listFormat(kit),
    localeClass(kit),
    displayNamesShape(kit),
    segmenter(kit),
    durationFormat(kit),
  ]);
  return { Intl, methods: localeMethods(kit) };
}

/** @template T @param {() => T} make @returns {() => T} */
function once(make) {
  /** @type {{ made: T } | null} */
  let held = null;
  return () => (held ??= { made: make() }).made;
}

/** @param {IntlKit} kit @returns {import("./classes.js").Shape} */
const numberShape = (kit) => ({
  name: "NumberFormat",
  callable: true,
  create: (locales, options) => kit.numbers().create(locales, options),
  resolved: (slots) => slots.resolved(),
  bound: { format: [1, (slots, value) => slots.format(value)] },
  methods: {
    formatToParts: [1, (slots, value) => slots.formatToParts(value)],
    formatRange: [2, (slots, from, to) => slots.formatRange(from, to)],
    formatRangeToParts: [2, (slots, from, to) => slots.formatRangeToParts(from, to)],
  },
  order: ["resolvedOptions", "formatToParts", "format", "formatRange", "formatRangeToParts"],
});

/** @param {IntlKit} kit @returns {import("./classes.js").Shape} */
const dateTimeShape = (kit) => ({
  name: "DateTimeFormat",
  callable: true,
  create: (locales, options) => kit.dates().create(locales, options, "any", "date"),
  resolved: (slots) => slots.resolved(),
  bound: { format: [1, (slots, date) => slots.format(date)] },
  methods: {
    formatToParts: [1, (slots, date) => slots.formatToParts(date)],
    formatRange: [2, (slots, from, to) => slots.formatRange(from, to)],
    formatRangeToParts: [2, (slots, from, to) => slots.formatRangeToParts(from, to)],
  },
  order: ["resolvedOptions", "formatToParts", "format", "formatRange", "formatRangeToParts"],
});

/** @param {IntlKit} kit @returns {import("./classes.js").Shape} */
const displayNamesShape = (kit) => ({
  name: "DisplayNames",
  length: 2,
  create: (locales, options) => kit.names().create(locales, options),
  resolved: (slots) => slots.resolved(),
  methods: { of: [1, (slots, code) => slots.of(code)] },
});

/** What toLocaleString and its relatives do with a locale or options. @param {IntlKit} kit */
function localeMethods(kit) {
  const caseOf = (/** @type {string} */ text, /** @type {unknown} */ locales, /** @type {boolean} */ isUpper) => {
    const [first = "en-US"] = kit.locales.canonicalList(locales);
    return kit.host.changeCase(text, first.replace(/-u-.*/, ""), isUpper) ?? text;
  };
  const { create } = collator(kit);
  /** Of calls without options. @type {Map<unknown, any>} */
  const collators = new Map();
  const collatorFor = (/** @type {unknown} */ locales, /** @type {unknown} */ options) => {
    if (options !== undefined || (locales !== undefined && typeof locales !== "string")) return create(locales, options);
    if (!collators.has(locales)) collators.set(locales, create(locales, options));
    return collators.get(locales);
  };
  return {
    number: (/** @type {unknown} */ value, /** @type {unknown[]} */ [locales, options]) => kit.numbers().create(locales, options).format(value),
    bigint: (/** @type {unknown} */ value, /** @type {unknown[]} */ [locales, options]) => kit.numbers().create(locales, options).format(value),
    dateTime: (/** @type {Date} */ date, /** @type {unknown[]} */ [locales, options]) => kit.dates().text(date, locales, options, "any", "all"),
    date: (/** @type {Date} */ date, /** @type {unknown[]} */ [locales, options]) => kit.dates().text(date, locales, options, "date", "date"),
    time: (/** @type {Date} */ date, /** @type {unknown[]} */ [locales, options]) => kit.dates().text(date, locales, options, "time", "time"),
    compare: (/** @type {string} */ text, /** @type {unknown[]} */ [that, locales, options]) => collatorFor(locales, options).compare(text, that),
    upper: (/** @type {string} */ text, /** @type {unknown[]} */ [locales]) => caseOf(text, locales, true),
    lower: (/** @type {string} */ text, /** @type {unknown[]} */ [locales]) => caseOf(text, locales, false),
  };
}
