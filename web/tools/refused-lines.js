// Lines that are said not to parse: `1.2n; // SyntaxError`. They are left out of the program, each with the error that it
// gives beside the rest, so that one wrong line shown on purpose does not take its block with it.

/** @import { SyntaxProblem } from "../protocol.d.ts" */

/** @typedef {{ start: number, end: number, error: SyntaxProblem }} Refused the line's code, without blanks around */

const SAYS_SO = /^\/\/\s*(?:(?:--?>|==?>|→|⇒|➜|❌|✗)\s*)?(?:throws:?\s+)?(?:an?\s+)?(?:uncaught\s+)?`?SyntaxError\b/i;

/**
 * @param {string} source
 * @param {(source: string) => SyntaxProblem | null} problem the first one, when the source is parsed
 * @returns {{ source: string, refused: Refused[] }}
 */
export function withoutRefusedLines(source, problem) {
  const whole = { source, refused: [] };
  if (!source.includes("SyntaxError") || problem(source) === null) return whole;
  const lines = candidates(source);
  if (lines.length === 0 || problem(without(source, lines)) !== null) return whole;
  /** @type {Refused[]} */
  const refused = [];
  for (const line of lines) {
    const error = problem(without(source, lines.filter((other) => other !== line)));
    if (error !== null) refused.push({ ...line, error });
  }
  const rest = without(source, refused);
  return problem(rest) === null ? { source: rest, refused } : whole;
}

/** Code with such a comment behind it on its line, or alone on the next. @param {string} source */
function candidates(source) {
  /** @type {{ start: number, end: number }[]} */
  const found = [];
  let at = 0;
  /** @type {{ start: number, end: number } | null} */
  let above = null;
  for (const line of source.split("\n")) {
    const comment = line.search(/\/\/(?!.*\/\/.*\bSyntaxError\b)/);
    const code = comment < 0 ? line : line.slice(0, comment);
    const says = comment >= 0 && SAYS_SO.test(line.slice(comment));
    const start = at + code.length - code.trimStart().length;
    const own = code.trim() === "" ? null : { start, end: start + code.trim().length };
    if (says && own !== null) found.push(own);
    else if (says && above !== null) found.push(above);
    above = own;
    at += line.length + 1;
  }
  return found;
}

/** The source with blanks in these places. @param {string} source @param {{ start: number, end: number }[]} places */
function without(source, places) {
  let text = source;
  for (const { start, end } of places) text = text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
  return text;
}
