// Insertions into a source, in the order in which they are to stand. At one offset closings come first, innermost first, then openings,
// outermost first: so the insertions of neighbouring and nested nodes never interleave.

/** @import { Insertion } from "../protocol.d.ts" */

/** @typedef {Insertion & { opens: boolean, extent: number, index: number }} Edit */

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
    this.#add(start, true, extent, before);
    this.#add(end, false, extent, after);
  }

  /** Puts a text at a place where nothing begins or ends. @param {number} at @param {string} text */
  insert(at, text) {
    this.#add(at, true, Infinity, text);
  }

  /** @param {number} at @param {boolean} opens @param {number} extent @param {string} text */
  #add(at, opens, extent, text) {
    this.#edits.push({ at, opens, extent, text, when: this.when, index: this.#edits.length });
  }

  /** @returns {Insertion[]} */
  ordered() {
    return this.#edits.sort(compare).map(({ at, text, when }) => ({ at, text, when }));
  }
}

/** @param {Edit} a @param {Edit} b */
function compare(a, b) {
  if (a.at !== b.at) return a.at - b.at;
  if (a.opens !== b.opens) return a.opens ? 1 : -1;
  return a.opens ? b.extent - a.extent || a.index - b.index : a.extent - b.extent || b.index - a.index;
}
