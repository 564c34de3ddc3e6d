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
 * @property {string} kind "value", "output", "throws" …
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
          const [before, now] = [reading(claim, claim.kind), reading(seen.get(at) ?? NOTHING, claim.kind)];
          return row(claim.comment, !statements[at] ? "gone" : before === now ? "same" : "changed", now);
        }),
      );
      region.replaceChildren(list);
    },
  };
}

/**
 * @param {string} comment
 * @param {"same" | "changed" | "gone"} verdict
 * @param {string} now
 */
function row(comment, verdict, now) {
  const line = element("li", "galley-claim-now");
  line.dataset.verdict = verdict;
  const shown = now.length > SHOWN ? `${now.slice(0, SHOWN)}…` : now;
  const value = verdict === "gone" ? "not in the code any more" : shown || "its line did not run";
  line.append(element("span", "galley-claim-word", verdict), element("code", "nohighlight", comment.split("\n")[0]), element("span", "galley-claim-value", value));
  return line;
}

/**
 * What a claim of this kind speaks of: the same choice that the build's judge makes first.
 * @param {Texts} seen
 * @param {string} kind
 */
function reading({ values, prints, threw }, kind) {
  if (threw.length > 0) return `throws ${threw.join(", ")}`;
  const printsFirst = kind === "output" || values.every((text) => SAYS_NOTHING.test(text));
  const printed = prints.length > 0 && (printsFirst || values.length === 0);
  return printed ? prints.join("\n") : values.join(", ");
}

/** What a call has for a value that only does something. */
const SAYS_NOTHING = /^(undefined$|Promise \{|Timeout \{|Immediate \{)/;

/** @typedef {Pick<Stated, "values" | "prints" | "threw">} Texts */

/** @type {Texts} */
const NOTHING = { values: [], prints: [], threw: [] };
