// Parts of texts.

/** @typedef {{ type: string, value: string }} Part */

/** Texts that stand side by side become one. @param {Part[]} parts */
export function joinedLiterals(parts) {
  /** @type {Part[]} */
  const joined = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.type === "literal" && last?.type === "literal") last.value += part.value;
    else joined.push({ ...part });
  }
  return joined;
}
