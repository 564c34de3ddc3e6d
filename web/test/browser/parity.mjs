/**
 * What an exercise's answers come to in the browser, beside what the build says of them: the same records.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PATIENCE } from "./soon.mjs";

/** Where the engines differ and neither is wrong: `EXERCISE/FILE`, what of the record is not compared, and why. */
const KNOWN = JSON.parse(readFileSync(new URL("known-differences.json", import.meta.url), "utf8"));

/** @typedef {import("../../page/record.js").Record} Record */
/** @typedef {{ file: string, text: string, expected: Partial<Record> }} Answer */

/**
 * The answers of an exercise's folder with what the build's report says of each.
 * @param {string} folder
 * @param {any} reported the exercise in the report of `check --format json`
 * @returns {Answer[]}
 */
export function answersOf(folder, reported) {
  const read = (/** @type {string} */ file) => readFileSync(path.join(folder, file), "utf8");
  const wrong = readdirSync(folder).includes("wrong") ? readdirSync(path.join(folder, "wrong")).filter((file) => file.endsWith(".js")).sort() : [];
  const outcomes = new Map(reported.wrong.map((/** @type {any} */ { file, outcome }) => [path.posix.basename(file), outcome]));
  return [
    { file: "solution.js", text: read("solution.js"), expected: reported.solution },
    { file: "starter.js", text: read("starter.js"), expected: reported.starter },
    ...wrong.map((file) => ({
      file: `wrong/${file}`,
      text: read(`wrong/${file}`),
      // That it is matched says that each test that fails fails by the same value.
      expected: { exercise: reported.name, outcome: outcomes.get(file), matched_wrong: file.replace(/\.js$/, "") },
    })),
  ];
}

/**
 * @param {Record} record
 * @param {Answer} answer
 */
export function compare(record, { file, expected }) {
  const skipped = KNOWN[`${record.exercise}/${file}`]?.fields ?? [];
  for (const key of /** @type {(keyof Record)[]} */ (Object.keys(expected))) {
    if (!skipped.includes(key)) assert.deepEqual(record[key], expected[key], `${record.exercise}/${file}: ${key}`);
  }
}

/**
 * Types an answer into the section's editor, checks it and gives the record of it.
 * @param {import("playwright-core").Locator} section
 * @param {string} text
 * @returns {Promise<Record>}
 */
export function recordOf(section, text) {
  return section.evaluate(
    (element, { text, patience }) =>
      new Promise((resolve, reject) => {
        const textarea = /** @type {HTMLTextAreaElement} */ (element.querySelector("textarea"));
        textarea.value = text;
        textarea.dispatchEvent(new InputEvent("input", { bubbles: true }));
        element.addEventListener("galley-record", (event) => resolve(/** @type {CustomEvent} */ (event).detail), { once: true });
        setTimeout(() => reject(new Error(`no record: ${element.querySelector(".galley-results")?.textContent}`)), patience);
        /** @type {HTMLElement} */ (element.querySelector(".galley-check")).click();
      }),
    { text, patience: PATIENCE },
  );
}
