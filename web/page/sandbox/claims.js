/**
 * Chunk "editedClaims", of the page alone. The statements that claims speak of, found again in code that the reader has
 * changed: a claim's comment is looked for where it was, and the statement that stands to it as the other one did is its
 * own. Nothing is judged here.
 */

/** @typedef {import("../../protocol.js").Parsed} Parsed */
/** @typedef {import("../../protocol.js").Comment} Comment */
/** @typedef {import("../../protocol.js").Watched} Watched */

/**
 * @typedef {object} Edited
 * @property {string} original The entry as the build ran it.
 * @property {number} start Where in it the example's own code begins.
 * @property {{ statement: number, comment: string, throws: boolean }[]} claims
 */

export default { findAgain, seenIn };

/** What the three links of a comment to a statement are called. */
const LINKS = /** @type {const} */ (["after", "before", "inside"]);

/**
 * @param {(source: string) => Parsed} parse
 * @param {string} source the entry as it is now
 * @param {Watched[]} watch statements of the original that are said to throw
 * @param {Edited} edited
 * @returns {{ watch: Watched[], statements: (number | null)[], wrong: number | null }} statements: one for each claim;
 *   null: it is gone. wrong: the line that does not parse; browsers do not tell it
 */
function findAgain(parse, source, watch, { original, start, claims }) {
  const [before, after] = [parse(original), parse(source)];
  if (before.error || after.error) return { watch: [], statements: claims.map(() => null), wrong: after.error?.line ?? null };
  const text = (/** @type {string} */ source) => (/** @type {Comment} */ { start, end }) => source.slice(start, end);
  const pairs = sameInOrder(before.comments.map(text(original)), after.comments.map(text(source)));

  const statements = claims.map(({ statement, comment }) => {
    for (const [at, there] of pairs.entries()) {
      if (there === null || text(original)(before.comments[at]) !== comment) continue;
      const link = LINKS.find((link) => before.comments[at][link] === statement);
      if (link) return after.comments[there][link];
    }
    return null;
  });

  /** @type {Map<number, boolean>} */
  const throwing = new Map();
  // What stands before the example's own code is as it was, and so are the numbers of its statements.
  for (const { id, throws } of watch) if (before.statements[id]?.start < start) throwing.set(id, throws);
  statements.forEach((id, at) => {
    if (id !== null) throwing.set(id, (throwing.get(id) ?? false) || claims[at].throws);
  });
  return { watch: [...throwing].map(([id, throws]) => ({ id, throws })).sort((a, b) => a.id - b.id), statements, wrong: null };
}

/**
 * The longest row of texts that both have, in order.
 * @param {string[]} one
 * @param {string[]} other
 * @returns {(number | null)[]} for each of `one` its place in `other`
 */
function sameInOrder(one, other) {
  const lengths = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      lengths[i][j] = one[i] === other[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  /** @type {(number | null)[]} */
  const places = [];
  for (let i = 0, j = 0; i < one.length; ) {
    if (j < other.length && one[i] === other[j]) places[i++] = j++;
    else if (j < other.length && lengths[i][j + 1] > lengths[i + 1][j]) j++;
    else places[i++] = null;
  }
  return places;
}

/**
 * @param {import("../../protocol.js").Event} event
 * @param {(number | null)[]} statements
 * @returns {{ claim: number, what: "values" | "prints" | "threw", text: string }[]}
 */
function seenIn(event, statements) {
  if (event.type === "reached") return [];
  const at = event.type === "print" ? event.statements : [event.statement];
  const what = event.type === "print" ? "prints" : event.type === "value" ? "values" : "threw";
  const text = event.type === "print" ? event.text.replace(/\n$/, "") : event.type === "value" ? event.snapshot.text : errorText(event.error);
  return statements.flatMap((id, claim) => (id !== null && at.includes(id) ? [{ claim, what, text }] : []));
}

/** @param {import("../../protocol.js").Thrown} error */
function errorText({ name, message }) {
  return name === "" ? message : `${name}: ${message}`;
}
