// Intl.Collator: the options; the host compares.

/** @import { IntlKit } from "./index.js" */

import { unsupported } from "../errors.js";
import { wellFormed } from "../values.js";
import { flagOption, optionsObject, readMatcher, textOption, typeOption } from "./options.js";

/** Languages whose texts are searched in the order that they are sorted by. */
const SEARCHED_AS_SORTED = new Set("en fr it nl pt ru uk el hu id bg lv lt ro sl hi bn ta".split(" "));

/** @param {IntlKit} kit @returns {import("./classes.js").Shape} */
export function collator(kit) {
  const of = "Intl.Collator";
  return {
    name: "Collator",
    callable: true,
    create(locales, given) {
      const requested = kit.locales.canonicalList(locales);
      const options = optionsObject(given, of);
      const usage = textOption(options, "usage", ["sort", "search"], "sort", of);
      readMatcher(options, of);
      const asked = typeOption(options, "collation", of);
      const numericOption = flagOption(options, "numeric", undefined);
      const caseFirstOption = textOption(options, "caseFirst", ["upper", "lower", "false"], undefined, of);
      const { locale, keywords } = kit.locales.resolve(requested);
      const sensitivity = textOption(options, "sensitivity", ["base", "accent", "case", "variant"], "variant", of);
      const [language] = locale.split("-");
      const ignorePunctuation = flagOption(options, "ignorePunctuation", language === "th");
      if (!kit.locales.about().withData.includes(language)) throw unsupported(`Intl data for \`${language}\``);
      if (usage === "search" && !SEARCHED_AS_SORTED.has(language)) throw unsupported(`Intl.Collator's usage "search" for \`${language}\``);
      const collations = COLLATIONS[language] ?? EVERYWHERE;
      const collation = usage === "search" ? undefined : [asked, keywords.co].find((name) => name !== undefined && collations.includes(name));
      const fromTag = keywords.kn === undefined ? undefined : keywords.kn === "" || keywords.kn === "true";
      const numeric = numericOption ?? fromTag ?? false;
      const caseTag = keywords.kf === "" ? undefined : keywords.kf;
      const caseFirst = caseFirstOption ?? (caseTag && ["upper", "lower", "false"].includes(caseTag) ? caseTag : undefined) ?? (language === "da" ? "upper" : "false");
      const kept = [
        ...(collation !== undefined && (collation !== "pinyin" || keywords.co === "pinyin") ? [`co-${collation}`] : []),
        ...(caseTag !== undefined && caseFirst === caseTag ? [`kf-${caseTag}`] : []),
        ...(fromTag !== undefined && numeric === fromTag ? [fromTag ? "kn" : "kn-false"] : []),
      ];
      const extension = [collation === undefined ? "" : `-co-${collation}`, `-kf-${caseFirst}`, numeric ? "-kn" : ""].join("");
      const opened = open(kit.host, { locale: `${locale}-u${extension}`, sensitivity, ignorePunctuation });
      if (typeof opened !== "number") throw unsupported(`Intl.Collator for \`${locale}\``);
      return {
        resolved: { locale: resolvedTag(locale) + (kept.length > 0 ? `-u-${kept.join("-")}` : ""), usage, sensitivity, ignorePunctuation, collation: collation === undefined || collation === "pinyin" ? "default" : collation, numeric, caseFirst },
        compare: (/** @type {unknown} */ one, /** @type {unknown} */ other) => {
          const [first, second] = [String(one), String(other)];
          return first === second ? 0 : kit.host.compare(opened, wellFormed(first), wellFormed(second));
        },
      };
    },
    resolved: ({ resolved }) => ({ ...resolved }),
    bound: { compare: [2, (slots, one, other) => slots.compare(one, other)] },
    order: ["resolvedOptions", "compare"],
  };
}

/** The host's collators that are there already, for localeCompare asks for one again and again. @type {Map<string, number | null | undefined>} */
const collators = new Map();

/** @param {import("../../protocol.d.ts").IntlHost} host @param {import("../../protocol.d.ts").Collation} collation */
function open(host, collation) {
  const key = `${collation.locale} ${collation.sensitivity} ${collation.ignorePunctuation}`;
  if (!collators.has(key)) collators.set(key, host.openCollator(collation));
  return collators.get(key);
}

const EVERYWHERE = ["emoji", "eor"];

/** @type {Record<string, string[]>} */
const COLLATIONS = {
  ar: ["compat", ...EVERYWHERE],
  bn: [...EVERYWHERE, "trad"],
  de: [...EVERYWHERE, "phonebk"],
  es: [...EVERYWHERE, "trad"],
  fi: [...EVERYWHERE, "trad"],
  ja: [...EVERYWHERE, "unihan"],
  ko: [...EVERYWHERE, "unihan"],
  sv: [...EVERYWHERE, "trad"],
  vi: [...EVERYWHERE, "trad"],
  zh: [...EVERYWHERE, "pinyin", "stroke", "unihan", "zhuyin"],
};

/** Regions that have an order of their own, or the name of one; others are told by their language. */
const WITH_REGION = new Set(
  ("ar-SA de-AT fr-CA en-US he-IL id-ID nb-NO sr-Cyrl sr-Cyrl-BA sr-Cyrl-ME sr-Cyrl-RS sr-Latn sr-Latn-BA sr-Latn-RS sr-BA sr-ME sr-RS " +
    "zh-Hans zh-Hans-CN zh-Hans-SG zh-Hant zh-Hant-HK zh-Hant-MO zh-Hant-TW zh-HK zh-MO zh-SG zh-CN zh-TW").split(" "),
);

/** @param {string} locale */
const resolvedTag = (locale) => (WITH_REGION.has(locale) ? locale : locale.split("-")[0]);
