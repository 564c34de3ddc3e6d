/** Which pages a built book has, and what is on them. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** @typedef {{ all: string[], galley: string[], runnable: string[], exercises: string[], quizzes: string[], verification: string[], print: boolean }} Pages */

/**
 * @param {string} site
 * @returns {Pages} paths relative to the site, with "/"
 */
export function findPages(site) {
  const files = readdirSync(site, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith(".html"))
    .sort();
  const all = files.filter((file) => !["print.html", "toc.html", "404.html"].includes(file));
  /** @param {RegExp} pattern */
  const having = (pattern) => all.filter((file) => pattern.test(readFileSync(path.join(site, file), "utf8")));
  return {
    all,
    galley: having(/class="galley-(example|exercise)"/),
    runnable: having(/<figure class="galley-example"(?:(?!<\/figure>)[^])*class="galley-data"/),
    exercises: having(/<section class="galley-exercise"/),
    quizzes: having(/<fieldset class="galley-predict"/),
    verification: having(/<section class="galley-verification"/),
    print: files.includes("print.html"),
  };
}
