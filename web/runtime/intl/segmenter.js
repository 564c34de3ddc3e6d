// Intl.Segmenter: the host finds the boundaries.

/** @import { IntlKit } from "./index.js" */

import { unsupported } from "../errors.js";
import { hide, wellFormed } from "../values.js";
import { readMatcher, strictOptions, textOption } from "./options.js";

/** @param {IntlKit} kit @returns {import("./classes.js").Shape} */
export function segmenter(kit) {
  const of = "Intl.Segmenter";
  const prototypes = createPrototypes();
  return {
    name: "Segmenter",
    create(locales, given) {
      const requested = kit.locales.canonicalList(locales);
      const options = strictOptions(given);
      readMatcher(options, of);
      const { locale } = kit.locales.resolve(requested);
      const granularity = textOption(options, "granularity", ["grapheme", "word", "sentence"], "grapheme", of);
      return { locale, granularity };
    },
    resolved: ({ locale, granularity }) => ({ locale, granularity }),
    methods: {
      segment: [
        1,
        ({ locale, granularity }, given) => {
          const input = String(given);
          if (granularity === "word" && (NEED_DICTIONARIES.test(input) || (/^(fi|sv)\b/.test(locale) && /\p{L}:\p{L}/u.test(input)))) {
            throw unsupported("Intl.Segmenter for words of such a text");
          }
          const found = kit.host.segments(wellFormed(input), granularity, locale);
          if (!found) throw unsupported(`Intl.Segmenter for \`${locale}\``);
          return prototypes.segments({ input, ends: found, isOfWords: granularity === "word" });
        },
      ],
    },
  };
}

/** Scripts of languages that write no blanks between words. */
const NEED_DICTIONARIES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** @typedef {{ input: string, ends: number[], isOfWords: boolean }} Found ends that are negative end what is no word */

/** The objects that `segment` gives, and their iterators. */
function createPrototypes() {
  /** @type {WeakMap<object, Found>} */
  const held = new WeakMap();
  /** @type {WeakMap<object, { found: Found, at: number }>} */
  const states = new WeakMap();
  /** @param {Found} found @param {number} at */
  const segment = ({ input, ends, isOfWords }, at) => {
    const index = at === 0 ? 0 : Math.abs(ends[at - 1]);
    const text = input.slice(index, Math.abs(ends[at]));
    return isOfWords ? { segment: text, index, input, isWordLike: ends[at] > 0 || /[\p{L}\p{N}]/u.test(text) } : { segment: text, index, input };
  };
  const iterators = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())));
  const { next } = {
    /** @this {object} */
    next() {
      const state = states.get(this);
      if (!state) throw new TypeError("Method %SegmentIterator.prototype%.next called on incompatible receiver");
      return state.at < state.found.ends.length ? { value: segment(state.found, state.at++), done: false } : { value: undefined, done: true };
    },
  };
  hide(iterators, "next", next);
  Object.defineProperty(iterators, Symbol.toStringTag, { value: "Segmenter String Iterator", configurable: true });
  const prototype = Object.create(Object.prototype);
  const { containing, [Symbol.iterator]: iterate } = {
    /** @this {object} @param {unknown} given */
    containing(given) {
      const found = /** @type {Found} */ (held.get(this));
      const index = Math.trunc(Number(given)) || 0;
      if (index < 0 || index >= found.input.length) return undefined;
      return segment(found, found.ends.findIndex((end) => Math.abs(end) > index));
    },
    /** @this {object} */
    [Symbol.iterator]() {
      const iterator = Object.create(iterators);
      states.set(iterator, { found: /** @type {Found} */ (held.get(this)), at: 0 });
      return iterator;
    },
  };
  hide(prototype, "containing", containing);
  Object.defineProperty(prototype, Symbol.iterator, { value: iterate, writable: true, configurable: true });
  return {
    /** @param {Found} found */
    segments(found) {
      const made = Object.create(prototype);
      held.set(made, found);
      return made;
    },
  };
}
