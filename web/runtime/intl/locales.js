// Which locale a program gets for those it asks for, and the data of that locale. A locale that Node has and the host has
// no data for ends the program as one that needs the data, and never gives another language's.

/** @import { IntlHost } from "../../protocol.d.ts" */

import { unsupported } from "../errors.js";
import { slotsOf } from "./classes.js";
import { optionsObject, readMatcher } from "./options.js";

const DEFAULT = "en-US";

/** @param {IntlHost} host */
export function createLocales(host) {
  /** @type {Map<string, any>} */
  const parts = new Map();
  /** @param {string} name @returns {any} undefined: there is no such part */
  const read = (name) => {
    if (!parts.has(name)) {
      const text = host.data(name);
      parts.set(name, typeof text === "string" ? JSON.parse(text) : undefined);
    }
    return parts.get(name);
  };
  const about = () => read("locales");
  /** @type {Map<string, string>} */
  const regions = new Map();
  /** @type {Set<string> | null} */
  let known = null;
  const isKnown = (/** @type {string} */ tag) => (known ??= new Set(about().available)).has(tag);

  /** @param {unknown} list @returns {string[]} */
  const canonicalList = (list) => {
    if (list === undefined) return [];
    if (list === null) throw new TypeError("Cannot convert undefined or null to object");
    const values = typeof list === "string" || slotsOf(list)?.tag !== undefined ? [list] : Object(list);
    /** @type {string[]} */
    const seen = [];
    const length = Math.min(Math.max(Math.trunc(Number(values.length)) || 0, 0), Number.MAX_SAFE_INTEGER);
    for (let at = 0; at < length; at++) {
      if (!(at in values)) continue;
      const value = values[at];
      if (typeof value !== "string" && (typeof value !== "object" || value === null)) throw new TypeError("Language ID should be string or object.");
      const tag = slotsOf(value)?.tag ?? canonical(String(value));
      if (!seen.includes(tag)) seen.push(tag);
    }
    return seen;
  };

  /** @param {string} tag */
  const canonical = (tag) => {
    const found = /^[a-z]{2,8}(-[a-z0-9]+)*$/i.test(tag) ? host.canonical(tag) : null;
    if (typeof found !== "string") {
      const [, before] = /^(.+)-[a-z0-9]?$/i.exec(tag) ?? [];
      const isBegun = before !== undefined && typeof host.canonical(before) === "string";
      throw new RangeError(isBegun ? `Invalid language tag: ${tag.toLowerCase()}` : "Incorrect locale information provided");
    }
    return /^[^-]+(-[A-Z]\w+)*-posix$/.test(found) ? found.replace(/-posix$/, "-u-va-posix") : found;
  };

  /** The longest beginning of a tag that is available. @param {string} tag without extensions @param {Set<string>} [available] */
  const bestAvailable = (tag, available) => {
    for (let candidate = tag; candidate !== ""; candidate = candidate.slice(0, Math.max(0, candidate.lastIndexOf("-")))) {
      if (available ? available.has(candidate) : isKnown(candidate)) return candidate;
    }
    return undefined;
  };

  /**
   * The locale for a list of requested ones, and the keywords of its extension.
   * @param {string[]} requested @param {Set<string>} [available]
   * @returns {{ locale: string, keywords: Record<string, string> }}
   */
  const resolve = (requested, available) => {
    for (const tag of requested) {
      const { base, keywords } = split(tag);
      const locale = bestAvailable(base, available);
      if (locale !== undefined) return { locale, keywords };
    }
    return { locale: available && !available.has(DEFAULT) ? "en" : DEFAULT, keywords: {} };
  };

  /**
   * A part of a locale's data: that of its language, with what is different in its region.
   * @param {string} kind "numbers", "dates", … @param {string} locale
   */
  const part = (kind, locale) => {
    const name = `${kind}/${locale}`;
    const kept = `${name}!`;
    if (parts.has(kept)) return parts.get(kept);
    const [language] = locale.split("-");
    const base = read(`${kind}/${language}`);
    if (base === undefined) throw unsupported(`Intl data for \`${language}\``);
    const found = dataLocales(locale)
      .map((tag) => (tag === language ? {} : read(`${kind}/${tag}`)))
      .find((changes) => changes !== undefined);
    const merged = merge(base, found ?? {});
    parts.set(kept, merged);
    return merged;
  };

  /** From the most to the least special. @param {string} locale */
  const dataLocales = (locale) => {
    const tags = beginnings(locale);
    if (tags.length === 1 || /-[A-Z]\w{3}\b/.test(locale)) return tags;
    const [language] = locale.split("-");
    const [full, likely] = [host.maximized(locale), host.maximized(language)].map((tag) => String(tag).split("-"));
    const scripted = beginnings([full[0], full[1], ...locale.split("-").slice(1)].join("-"));
    return full[1] === likely[1] ? [locale, scripted[0], ...tags.slice(1)] : scripted;
  };

  return {
    canonicalList,
    canonical,
    resolve,
    part,
    about,
    read,
    bestAvailable,
    /** @param {unknown} list @param {unknown} options @param {string} of @param {Set<string>} [available] */
    supported(list, options, of, available) {
      const requested = canonicalList(list);
      if (options !== undefined) readMatcher(optionsObject(options, of), of);
      return requested.filter((tag) => bestAvailable(split(tag).base, available) !== undefined);
    },
    /** The region that a locale is likely to be used in. @param {string} tag */
    region(tag) {
      const { base } = split(tag);
      const known = regions.get(base);
      if (known !== undefined) return known;
      const region = String(host.maximized(base)).split("-").find((one, at) => at > 0 && /^([A-Z]{2}|\d{3})$/.test(one)) ?? "001";
      regions.set(base, region);
      return region;
    },
  };
}

/** A tag and what it begins with, from the longest. @param {string} tag */
function beginnings(tag) {
  const subtags = tag.split("-");
  return subtags.map((_one, at) => subtags.slice(0, subtags.length - at).join("-"));
}

/**
 * A tag without its extensions, and the keywords of its Unicode extension.
 * @param {string} tag
 * @returns {{ base: string, keywords: Record<string, string>, attributes: string[] }}
 */
export function split(tag) {
  const [base] = tag.split(/-[a-z0-9]-/);
  const [, extension = ""] = /-u-(.*?)(?=-[a-z0-9]-|$)/.exec(tag) ?? [];
  /** @type {Record<string, string>} */
  const keywords = {};
  /** @type {string[]} */
  const attributes = [];
  let key = "";
  for (const subtag of extension.split("-")) {
    if (subtag === "") continue;
    if (subtag.length === 2) keywords[(key = subtag)] = "";
    else if (key === "") attributes.push(subtag);
    else keywords[key] += (keywords[key] && "-") + subtag;
  }
  return { base, keywords, attributes };
}

/** RFC 7396, without changing either. @param {any} base @param {any} changes @returns {any} */
function merge(base, changes) {
  if (typeof changes !== "object" || changes === null || Array.isArray(changes)) return changes;
  const merged = typeof base === "object" && base !== null && !Array.isArray(base) ? { ...base } : {};
  for (const [key, change] of Object.entries(changes)) {
    if (change === null) delete merged[key];
    else merged[key] = merge(merged[key], change);
  }
  return merged;
}
