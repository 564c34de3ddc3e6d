// What the packages of FormatJS ask of the global Intl, which a program may have replaced: build/intl-patches.mjs puts
// these in its place.

/** @type {{ category: ((locale: string, digits: string) => string) | null }} */
export const needs = { category: null };

/** @param {string} locale @param {{ minimumFractionDigits?: number }} options */
export function pluralRules(locale, { minimumFractionDigits = 0 }) {
  return {
    /** @param {unknown} value */
    select(value) {
      const text = String(value).replace("-", "");
      const [whole, fraction = ""] = text.split(".");
      const padded = fraction.padEnd(minimumFractionDigits, "0");
      return /** @type {NonNullable<typeof needs.category>} */ (needs.category)(locale, padded ? `${whole}.${padded}` : whole);
    },
  };
}

/** @param {unknown} locales */
export const canonicalLocales = (locales) => [locales].flat();
