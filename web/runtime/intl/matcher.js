// Stands for @formatjs/intl-localematcher in the chunks: the runtime has chosen the locale already (locales.js).

/**
 * @param {string[]} _available @param {string[]} requested @param {Record<string, string | undefined>} options
 * @param {string[]} keys @param {Record<string, any>} localeData
 */
export function ResolveLocale(_available, requested, options, keys, localeData) {
  const [locale] = requested;
  /** @type {Record<string, unknown>} */
  const resolved = { locale, dataLocale: locale };
  for (const key of keys) resolved[key] = options[key] ?? localeData[locale][key]?.[0];
  return resolved;
}

/** @param {string[]} _available @param {string[]} requested */
export const LookupSupportedLocales = (_available, requested) => requested;
