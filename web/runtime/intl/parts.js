// Parts of texts.

/** @typedef {{ type: string, value: string }} Part */

/** Texts that stand side by side become one. @template {Part & { source?: string }} P @param {P[]} parts @returns {P[]} */
export function joinedLiterals(parts) {
  /** @type {P[]} */
  const joined = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.type === "literal" && last?.type === "literal" && last.source === part.source) last.value += part.value;
    else joined.push({ ...part });
  }
  return joined;
}
