// Insertions into a source, in the order in which they are to stand. At one offset closings come first, innermost first, then openings,
// outermost first: so the insertions of neighbouring and nested nodes never interleave.

/** @import { Insertion } from "../protocol.d.ts" */

/** @typedef {Insertion & { opens: boolean, extent: number }} Edit */

export class Edits {
  #source;
  /** @type {Edit[]} */
  #edits = [];
  /** When the insertions to come are wanted. @type {Insertion["when"]} */
  when = "watched";

  /** @param {string} source */
  constructor(source) {
    this.#source = source;
  }

  /** @param {number} start @param {number} [end] */
  text(start, end) {
    return this.#source.slice(start, end);
  }

  /**
   * Puts `before` and `after` around a range. Of two at one place the wider is the outer one, else the one added first.
   * @param {number} start @param {number} end @param {string} before @param {string} after
   */
  wrap(start, end, before, after) {
    const extent = end - start;
    if (extent === 0) return this.insert(start, before + after);
    const { when } = this;
    this.#edits.push({ at: start, opens: true, extent, text: before, when }, { at: end, opens: false, extent, text: after, when });
  }

  /** Puts a text at a place where nothing begins or ends. @param {number} at @param {string} text */
  insert(at, text) {
    this.#edits.push({ at, opens: true, extent: Infinity, text, when: this.when });
  }

  /** @returns {Insertion[]} */
  ordered() {
    const order = this.#edits.map((edit, index) => ({ ...edit, index })).sort(compare);
    return order.map(({ at, text, when }) => ({ at, text, when }));
  }
}

/** @param {Edit & { index: number }} a @param {Edit & { index: number }} b */
function compare(a, b) {
  if (a.at !== b.at) return a.at - b.at;
  if (a.opens !== b.opens) return a.opens ? 1 : -1;
  return a.opens ? b.extent - a.extent || a.index - b.index : a.extent - b.extent || b.index - a.index;
}
