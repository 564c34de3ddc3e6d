/**
 * Opens a built book in a browser, from the disk and over HTTP, and uses it as a reader would.
 *
 *   node web/test/browser/run.mjs --site DIR [OPTION]...
 *
 * --exercises DIR --report FILE: the book's exercises, and what `check --format json` says of the book; without them
 *   exercises are only looked at
 * --answers DIR: a folder with a folder for each exercise, in it answers with their records; nothing else is tried then
 * --galley BINARY: the command, which writes the progress of a learner in the terminal
 * --only TEXT: what the names of the things to try have to contain
 * --jobs N: how many things at a time
 * --chromium PATH
 * --firefox PATH: what matters most is tried in it instead
 *
 * Prints a line for each thing tried and "N passed, N failed"; exits with 1 when one failed.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { launch } from "./chromium.mjs";
import { tryEditing } from "./editing.mjs";
import { tryExamples } from "./examples.mjs";
import { tryExercises, tryRecords } from "./exercises.mjs";
import { tryLearning } from "./learning.mjs";
import { launchFirefox } from "./firefox.mjs";
import { tryLooks } from "./looks.mjs";
import { tryModules } from "./modules.mjs";
import { findPages } from "./pages.mjs";
import { tryPolicies } from "./policies.mjs";
import { tryQuizzes } from "./quizzes.mjs";
import { trySecurity } from "./security.mjs";
import { serve } from "./server.mjs";
import { createSpecs } from "./specs.mjs";
import { trySteps } from "./steps.mjs";
import { tryVerification } from "./verification.mjs";

const { values: options } = parseArgs({
  options: {
    site: { type: "string" },
    exercises: { type: "string" },
    report: { type: "string" },
    answers: { type: "string" },
    galley: { type: "string" },
    only: { type: "string", default: "" },
    jobs: { type: "string", default: "4" },
    chromium: { type: "string" },
    firefox: { type: "string" },
  },
});
if (!options.site) {
  console.error("usage: run.mjs --site DIR [--exercises DIR --report FILE] [--answers DIR] [--galley BINARY] [--only TEXT] [--jobs N] [--chromium PATH] [--firefox PATH]");
  process.exit(2);
}

/** What is tried in Firefox: its driver can do less, and each page takes longer. */
const CORE = /solved to the end|endless loop|claims are same|after a reload|a flood of output|an error nobody|a program (reaches|finds)|frame's policy/;

const site = path.resolve(options.site);
const pages = findPages(site);
const server = await serve(site);
const browser = options.firefox ? await launchFirefox(options.firefox) : await launch(options.chromium);
const specs = createSpecs(browser, (name) => name.includes(options.only) && (!options.firefox || CORE.test(name)));

try {
  if (options.answers) {
    const base = server.url;
    tryRecords({ check: specs.at(base, ""), open: opener(base), pages: pages.exercises, site, answers: path.resolve(options.answers) });
  } else {
    assert.ok(pages.runnable.length > 0, `no page of ${site} has an example that runs`);
    for (const base of [pathToFileURL(site + path.sep).href, server.url]) tryBook(base);
  }
  const { passed, failures } = await specs.run(Number(options.jobs));
  // Once more at the end, which is what remains of a long output.
  for (const failure of failures) console.log(failure);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
} finally {
  await browser.close();
  await server.close();
}

/** @param {string} base the book's address, with "/" at its end */
function tryBook(base) {
  const where = new URL(base).protocol.slice(0, -1);
  const isThorough = where === "http";
  const open = opener(base);
  const check = specs.at(base, `${where}: `);

  if (options.exercises && options.report) {
    tryExercises({
      check,
      open,
      pages: pages.exercises,
      site,
      sources: path.resolve(options.exercises),
      isThorough,
      report: JSON.parse(readFileSync(options.report, "utf8")),
    });
  }
  tryEditing({ check: specs.at(base, `${where}: editing: `), open, pages: pages.runnable, isThorough });
  if (pages.quizzes.length > 0 || options.exercises) tryQuizzes({ check: specs.at(base, `${where}: quizzes: `), open, pages: pages.quizzes });
  const stepped = pages.all.filter((name) => readFileSync(path.join(site, name), "utf8").includes("galley-step-choice"));
  trySteps({ check: specs.at(base, `${where}: steps: `), open, pages: stepped });
  const drawn = pages.all.filter((name) => readFileSync(path.join(site, name), "utf8").includes('<figure class="galley-modules"'));
  tryModules({ check: specs.at(base, `${where}: files: `), open, pages: drawn, isThorough });
  if (options.galley && options.exercises) {
    const book = path.dirname(path.resolve(options.exercises));
    tryLearning({ check: specs.at(base, `${where}: progress: `), open, pages, book, galley: path.resolve(options.galley), isThorough });
  }
  tryVerification({ check: specs.at(base, `${where}: verification: `), open, pages: pages.verification, isThorough });
  tryExamples({ check, open, pages, isThorough });
  trySecurity({ check: specs.at(base, `${where}: security: `), base, server, name: pages.runnable[0] });
  if (isThorough) tryLooks({ check, base, pages: pages.galley });
  if (where === "http" && options.exercises) {
    const name = "change-in-place";
    const solution = readFileSync(path.join(options.exercises, name, "solution.js"), "utf8");
    tryPolicies({ check, open, name: pages.runnable[0], exercise: { name, page: "variables-and-values.html", solution } });
  }
}

/** @param {string} base @returns {(page: import("playwright-core").Page, name: string) => Promise<void>} */
function opener(base) {
  return async (page, name) => void (await page.goto(new URL(name, base).href, { waitUntil: "load" }));
}
