/**
 * How a checked answer reads on the page. Everything is set as text; nothing that an answer prints can become markup.
 */

import { element } from "./element.js";

/** @typedef {import("./data.js").ExerciseData} ExerciseData */
/** @typedef {import("./record.js").Record} Record */
/** @typedef {import("../protocol.js").TestResult} TestResult */

/**
 * @param {HTMLElement} region is emptied and filled
 * @param {ExerciseData} exercise
 * @param {Record} record
 * @param {string} printed while no test ran
 */
export function showRecord(region, exercise, record, printed) {
  const matched = exercise.wrong.find(({ name }) => name === record.matched_wrong);
  region.replaceChildren();
  region.dataset.outcome = record.outcome;
  add(region, "p", "galley-verdict", verdict(exercise, record));
  if (matched?.message) add(region, "p", "galley-wrong-answer", matched.message);
  if (printed !== "") labelled(region, record.tests.length > 0 ? "Printed outside of the tests" : "Printed", printed);
  if (record.tests.length === 0) return;
  const list = add(region, "ol", "galley-tests", "");
  for (const test of record.tests) list.append(item(test));
}

/** @param {ExerciseData} exercise @param {Record} record */
function verdict(exercise, { outcome, message, line, tests }) {
  const at = line === null ? "" : ` (line ${line} of your answer)`;
  switch (outcome) {
    case "passed":
      if (exercise.output !== null) return "Passed: it prints what is asked for.";
      return tests.length === 1 ? "Passed: the test passes." : `Passed: all ${tests.length} tests pass.`;
    case "timed-out":
      return `Stopped: not finished after ${exercise.limits.time / 1000} seconds. Perhaps a loop never ends.`;
    case "crashed":
      return `Broken off: ${message}`;
    case "error":
      return `${message}${at}`;
    case "failed": {
      const failed = tests.filter(({ status }) => status === "failed" || status === "not-run").length;
      const count = tests.length === 0 ? "No test ran." : exercise.output !== null ? `Not yet: ${tests[0].message}.` : `Not yet: ${failed} of ${tests.length} tests ${failed === 1 ? "does" : "do"} not pass.`;
      return message === null ? count : `${count} ${message}${at}`;
    }
  }
}

/** @type {{ [status in TestResult["status"]]: string }} */
const WORDS = { passed: "passed", failed: "failed", skipped: "skipped", todo: "to do", "not-run": "not run" };

/** @param {TestResult} test */
function item(test) {
  const line = document.createElement("li");
  line.dataset.status = test.status;
  const head = add(line, "div", "galley-test-head", "");
  add(head, "span", "galley-test-name", test.name);
  add(head, "span", "galley-test-status", WORDS[test.status]);
  if (test.status === "failed" && test.message !== null && test.message !== "") add(line, "pre", "galley-test-message", test.message);
  if (test.expected !== null) labelled(line, "Expected", test.expected);
  if (test.actual !== null) labelled(line, "Actual", test.actual);
  if (test.output !== "" && test.actual !== test.output) labelled(line, "Printed", test.output);
  return line;
}

/** @param {HTMLElement} parent @param {string} label @param {string} text */
function labelled(parent, label, text) {
  const part = add(parent, "div", "galley-test-part", "");
  add(part, "span", "galley-label", label);
  const pre = add(part, "pre", "galley-test-text", text);
  // What scrolls must be reached by keyboard.
  pre.tabIndex = 0;
  pre.setAttribute("role", "group");
  pre.setAttribute("aria-label", label);
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {HTMLElement} parent
 * @param {K} name
 * @param {string} className
 * @param {string} text
 */
function add(parent, name, className, text) {
  const made = element(name, className, text);
  parent.append(made);
  return made;
}
