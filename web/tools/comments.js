// Which statement each comment follows, precedes and stands in.

/** @import { Comment as AcornComment } from "acorn" */
/** @import { Site } from "./statements.js" */

/**
 * @typedef {object} Placed
 * @property {AcornComment} comment
 * @property {Site | null} after
 * @property {boolean} trailing
 * @property {Site | null} before
 * @property {Site | null} inside
 */

/**
 * @param {string} source
 * @param {AcornComment[]} comments
 * @param {Site[]} sites in order of start
 * @returns {Placed[]}
 */
export function placeComments(source, comments, sites) {
  const text = blankComments(source, comments);
  const byEnd = new Map();
  const byStart = new Map();
  for (const site of sites) {
    // Outer statements come first: at one place the innermost is kept as ended, the outermost as begun.
    byEnd.set(endWithoutSemicolon(text, site), site);
    if (!byStart.has(site.start)) byStart.set(site.start, site);
  }
  const innermost = innermostOf(sites);
  return comments.map((comment) => {
    let end = comment.start;
    while (end > 0 && isBlank(text, end - 1, ";")) end--;
    let start = comment.end;
    while (start < text.length && isBlank(text, start)) start++;
    const after = byEnd.get(end) ?? null;
    return {
      comment,
      after,
      trailing: after !== null && !source.slice(end, comment.start).includes("\n"),
      before: byStart.get(start) ?? null,
      inside: innermost(comment),
    };
  });
}

/** @param {string} text @param {number} at @param {string} [other] what counts as well */
function isBlank(text, at, other) {
  const character = text[at];
  return character === " " || character === "\n" || character === other || (!(character > " " && character <= "~") && /\s/.test(character));
}

/** The source with comments blanked, so that only code is left between places. @param {string} source @param {AcornComment[]} comments */
function blankComments(source, comments) {
  let text = "";
  let at = 0;
  for (const { start, end } of comments) {
    text += source.slice(at, start) + " ".repeat(end - start);
    at = end;
  }
  return text + source.slice(at);
}

/** @param {string} text @param {Site} site */
function endWithoutSemicolon(text, site) {
  let end = site.end;
  while (end > site.start && isBlank(text, end - 1, ";")) end--;
  return end;
}

/**
 * Says of comments, asked in their order, which site is the innermost one around.
 * @param {Site[]} sites in order of start, outer before inner
 * @returns {(comment: AcornComment) => Site | null}
 */
function innermostOf(sites) {
  /** Those that have begun, each inside the one before. @type {Site[]} */
  const open = [];
  let next = 0;
  return ({ start, end }) => {
    while (next < sites.length && sites[next].start < start) {
      close(sites[next].start);
      open.push(sites[next++]);
    }
    close(start);
    return open.findLast((site) => site.end >= end) ?? null;
  };

  /** @param {number} at */
  function close(at) {
    while (open.length > 0 && open[open.length - 1].end <= at) open.pop();
  }
}
