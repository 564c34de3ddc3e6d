// Intl.RelativeTimeFormat.

/** @import { IntlKit } from "./index.js" */

import { optionsObject, readMatcher, textOption, typeOption } from "./options.js";

const UNITS = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"];

/** @param {IntlKit} kit @returns {import("./classes.js").Shape} */
export function relativeTimeFormat(kit) {
  const of = "Intl.RelativeTimeFormat";
  return {
    name: "RelativeTimeFormat",
    create(locales, given) {
      const requested = kit.locales.canonicalList(locales);
      const options = optionsObject(given, of);
      readMatcher(options, of);
      const asked = typeOption(options, "numberingSystem", of);
      const { locale, keywords } = kit.locales.resolve(requested);
      const nu = kit.numbers().system(locale, asked, keywords.nu);
      const style = textOption(options, "style", ["long", "short", "narrow"], "long", of);
      const numeric = textOption(options, "numeric", ["always", "auto"], "always", of);
      const numbers = kit.numbers().create(nu.locale, { numberingSystem: nu.system });
      return { locale: nu.locale, style, numeric, numberingSystem: nu.system, numbers, dataLocale: locale };
    },
    resolved: ({ locale, style, numeric, numberingSystem }) => ({ locale, style, numeric, numberingSystem }),
    methods: {
      format: [2, (slots, value, unit) => parts(kit, slots, value, unit, `${of}.prototype.format()`).map((part) => part.value).join("")],
      formatToParts: [2, (slots, value, unit) => parts(kit, slots, value, unit, `${of}.prototype.formatToParts()`)],
    },
  };
}

/**
 * @param {IntlKit} kit @param {any} slots @param {unknown} given @param {unknown} unit @param {string} of
 * @returns {{ type: string, value: string, unit?: string }[]}
 */
function parts(kit, slots, given, unit, of) {
  const value = Number(given);
  const name = String(unit);
  const singular = name.replace(/s$/, "");
  if (!UNITS.includes(singular)) throw new RangeError(`Invalid unit argument for ${of} '${name}'`);
  if (!Number.isFinite(value)) throw new RangeError(`Value need to be finite number for ${of}`);
  const { relative } = kit.locales.part("phrases", slots.dataLocale);
  const texts = relative[slots.style === "long" ? singular : `${singular}-${slots.style}`];
  const said = slots.numeric === "auto" ? texts[Object.is(value, -0) ? "-0" : String(value)] ?? texts[String(value)] : undefined;
  if (said !== undefined) return [{ type: "literal", value: said }];
  const isPast = value < 0 || Object.is(value, -0);
  const size = Math.abs(value);
  const forms = texts[isPast ? "past" : "future"];
  const category = kit.plurals.category(slots.dataLocale, "cardinal", slots.numbers.plain(size));
  const [before, after = ""] = (forms[category] ?? forms.other).split("{0}");
  const number = forms[category] === undefined && !forms.other.includes("{0}") ? [] : slots.numbers.formatToParts(size).map((/** @type {any} */ part) => ({ ...part, unit: singular }));
  const hasNumber = (forms[category] ?? forms.other).includes("{0}");
  return [{ type: "literal", value: before }, ...(hasNumber ? number : []), { type: "literal", value: after }].filter((part) => part.value !== "");
}
