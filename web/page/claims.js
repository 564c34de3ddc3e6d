/**
 * What an example's claims come to after the reader has changed its code: the value that each has now, and whether it is
 * the one that the verified run had. Texts are compared; nothing is judged here.
 */
import { element } from "./element.js";

/**
 * What a statement did that a claim speaks of, as the build saw it.
 * @typedef {object} Stated
 * @property {number} statement
 * @property {string} comment
 * @property {boolean} throws
 * @property {string[]} values
 * @property {string[]} prints
 * @property {string[]} threw
 *
 * What the run tells, in order; statements: which of the claims have still a statement to speak of.
 * @typedef {{ statements: boolean[] } | { claim: number, what: "values" | "prints" | "threw", text: string }} Seen
 */

/** A value that is longer is cut on the page. */
const SHOWN = 200;

export function createClaims() {
  const region = element("div", "galley-claims");
  region.setAttribute("aria-live", "polite");
  /** @type {boolean[]} */
  let statements = [];
  /** @type {Map<number, Pick<Stated, "values" | "prints" | "threw">>} */
  const seen = new Map();

  return {
    element: region,

    clear() {
      seen.clear();
      statements = [];
      region.replaceChildren();
    },

    /** @param {Seen} news */
    see(news) {
      if ("statements" in news) return void (statements = news.statements);
      const of = seen.get(news.claim) ?? { values: [], prints: [], threw: [] };
      seen.set(news.claim, of);
      of[news.what].push(news.text);
    },

    /** @param {Stated[]} claims */
    show(claims) {
      // Code that can't be read has no statements; the error says so.
      if (claims.length === 0 || !statements.some(Boolean)) return;
      const list = element("ul", "galley-claim-list");
      list.setAttribute("aria-label", "What is stated, after your edit");
      list.append(
        ...claims.map((claim, at) => {
          const now = seen.get(at) ?? null;
          const verdict = !statements[at] ? "gone" : now && isSame(claim, now) ? "same" : "changed";
          return row(claim.comment, verdict, now);
        }),
      );
      region.replaceChildren(list);
    },
  };
}

/**
 * @param {string} comment
 * @param {"same" | "changed" | "gone"} verdict
 * @param {Pick<Stated, "values" | "prints" | "threw"> | null} now
 */
function row(comment, verdict, now) {
  const line = element("li", "galley-claim-now");
  line.dataset.verdict = verdict;
  const value = verdict === "gone" ? "not in the code any more" : now ? told(now) : "its line did not run";
  line.append(element("span", "galley-claim-word", verdict), element("code", "nohighlight", comment.split("\n")[0]));
  if (value) line.append(element("span", "galley-claim-value", value));
  return line;
}

/** @param {Pick<Stated, "values" | "prints" | "threw">} seen */
function told({ values, prints, threw }) {
  const all = threw.length > 0 ? threw : prints.length > 0 ? prints : values;
  const text = all.join(prints.length > 0 ? "\n" : ", ");
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** @param {Stated} one @param {Pick<Stated, "values" | "prints" | "threw">} other */
function isSame(one, other) {
  const equal = (/** @type {string[]} */ a, /** @type {string[]} */ b) => a.length === b.length && a.every((text, at) => text === b[at]);
  return equal(one.values, other.values) && equal(one.prints, other.prints) && equal(one.threw, other.threw);
}
