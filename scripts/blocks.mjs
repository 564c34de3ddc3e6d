// The blocks of the sets in ../shared/corpora (see its README), and how they become markdown.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @param {string} corpora the folder @param {string} set @returns {any[]} */
export function readBlocks(corpora, set) {
  const lines = readFileSync(join(corpora, `${set}.jsonl`), "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

/** @param {{ code: string }} block @param {string} [words] of the fence */
export function fence({ code }, words = "") {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = "`".repeat(longest + 1);
  return `${mark}js${words && ` ${words}`}\n${code.replace(/\n$/, "")}\n${mark}\n`;
}
