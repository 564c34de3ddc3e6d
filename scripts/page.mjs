// What the built page weighs and how fast it is, in a real Chromium.
//
//   node scripts/page.mjs [--site DIR] [--runs N] [--chromium PATH]
//
// --site: a book that was built, else this repository's own in site/ (cargo run --release -- build)
// --runs: how often each time is taken; the median is printed, with the least and the most. 9
//
// Weight is gzip's at its best, by what a reader does first. Times are taken inside the page: from the click to the first
// change of what it is for. "Cold" is a browser profile that has seen nothing of the book.

import { readFileSync, readdirSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { launch } from "../web/test/browser/chromium.mjs";
import { findPages } from "../web/test/browser/pages.mjs";
import { serve } from "../web/test/browser/server.mjs";

/** kB of JavaScript by gzip; milliseconds. */
const BUDGETS = { before: 25, both: 60, cold: 150, warm: 40 };
const EXAMPLES = 30;

/** The script that each page loads; its name has its hash. */
const SCRIPT = /\/galley\/galley-[^/]*\.js$/;

/** The attribute of the example whose times are taken. */
const TIMED = "data-timed";

const { values: options } = parseArgs({
  options: {
    site: { type: "string", default: path.join(import.meta.dirname, "../site") },
    runs: { type: "string", default: "9" },
    chromium: { type: "string" },
  },
});
const site = path.resolve(options.site);
const runs = Number(options.runs);
const pages = findPages(site);
const example = pages.runnable[0];
const exercise = pages.exercises[0];
const server = await serve(site);
const browser = await launch(options.chromium);

try {
  weighFiles();
  await weighActs();
  await time();
} finally {
  await browser.close();
  await server.close();
}

/** Each of our scripts, and the style sheet. */
function weighFiles() {
  console.log(`${"file".padEnd(34)}${"kB".padStart(8)}${"gzip".padStart(8)}`);
  const files = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((file) => /^galley\/[^/]+\.(js|css)$/.test(file));
  for (const file of files.sort()) {
    const bytes = readFileSync(path.join(site, file));
    console.log(`${file.padEnd(34)}${kilobytes(bytes.length)}${kilobytes(zipped(file))}`);
  }
}

/** What comes over the line, by what a reader does first. */
async function weighActs() {
  /** @type {[string, number | null, string, (page: import("playwright-core").Page) => Promise<unknown>][]} */
  const acts = [
    ["a page is opened", BUDGETS.before, example, async () => {}],
    ["… an example is run", null, example, (page) => runFirst(page)],
    ["… an editor is opened", null, example, (page) => openFirst(page)],
    ["… both", BUDGETS.both, example, async (page) => {
      await openFirst(page);
      await runFirst(page);
    }],
    ["… code that was edited is run", null, example, async (page) => {
      await openFirst(page);
      await page.getByRole("textbox", { name: "Code of the example" }).first().press("End");
      await page.keyboard.type(" ");
      await runFirst(page);
    }],
  ];
  if (exercise) {
    acts.push(["… an exercise is checked", null, exercise, async (page) => {
      await page.locator(".galley-exercise .galley-check").first().click();
      await page.locator('.galley-results[aria-busy="false"]').first().waitFor({ timeout: 20_000 });
    }]);
  }
  console.log(`\n${"JavaScript of Galley's, once".padEnd(34)}${"files".padStart(8)}${"gzip".padStart(8)}${"budget".padStart(8)}`);
  for (const [name, budget, file, act] of acts) {
    const page = await freshPage();
    /** @type {Set<string>} */
    const loaded = new Set();
    page.on("request", (request) => {
      const file = new URL(request.url()).pathname.slice(1);
      if (/^galley\/[^/]+\.js$/.test(file)) loaded.add(file);
    });
    await page.goto(server.url + file, { waitUntil: "networkidle" });
    await act(page);
    const sum = [...loaded].reduce((sum, file) => sum + zipped(file), 0);
    const over = budget !== null && sum > budget * 1000;
    console.log(`${name.padEnd(34)}${String(loaded.size).padStart(8)}${kilobytes(sum)}${budget === null ? "" : String(budget).padStart(8)}${over ? "  over" : ""}`);
    await page.context().close();
  }
}

async function time() {
  /** @type {Record<string, number[]>} */
  const times = { hydration: [], cold: [], warm: [], editorCold: [], editorWarm: [] };
  for (let run = 0; run < runs; run++) {
    const page = await freshPage();
    await page.route(SCRIPT, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `window.began = performance.now();\n${await response.text()}\nwindow.ended = performance.now();` });
    });
    await page.addInitScript(repeatExamples, { count: EXAMPLES, timed: TIMED });
    await page.goto(server.url + example, { waitUntil: "networkidle" });
    times.hydration.push(await page.evaluate(() => /** @type {any} */ (window).ended - /** @type {any} */ (window).began));
    times.cold.push(await clickToChange(page, ".galley-run", ".galley-log > *"));
    for (let again = 0; again < 3; again++) times.warm.push(await clickToChange(page, ".galley-run", ".galley-log > *"));
    times.editorCold.push(await clickToChange(page, ".galley-edit", '[data-editor="full"]'));
    await page.locator(`[${TIMED}] .galley-reset`).click();
    times.editorWarm.push(await clickToChange(page, ".galley-edit", '[data-editor="full"]'));
    await page.context().close();
  }
  console.log(`\n${"milliseconds".padEnd(34)}${"median".padStart(8)}${"least".padStart(8)}${"most".padStart(8)}${"budget".padStart(8)}`);
  print("first Run, click to output, cold", times.cold, BUDGETS.cold);
  print("a later Run", times.warm, BUDGETS.warm);
  print("an editor opens, cold", times.editorCold);
  print("a later one", times.editorWarm);
  print(`the page's script, ${EXAMPLES} examples`, times.hydration);
  console.log(`\nChromium ${browser.version()}, ${runs} runs, load ${loadavg()[0].toFixed(1)}`);
}

/** @param {string} name @param {number[]} values @param {number} [budget] */
function print(name, values, budget) {
  const sorted = [...values].sort((a, b) => a - b);
  const columns = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted[sorted.length - 1]];
  console.log(`${name.padEnd(34)}${columns.map((value) => value.toFixed(1).padStart(8)).join("")}${budget === undefined ? "" : String(budget).padStart(8)}`);
}

async function freshPage() {
  return (await browser.newContext()).newPage();
}

/** @param {import("playwright-core").Page} page */
async function runFirst(page) {
  const figure = page.locator("figure.galley-example:has(.galley-run)").first();
  await figure.locator(".galley-run").click();
  await figure.locator('.galley-log[aria-busy="false"]').waitFor({ state: "attached", timeout: 20_000 });
}

/** @param {import("playwright-core").Page} page */
async function openFirst(page) {
  await page.locator(".galley-edit").first().click();
  await page.locator('[data-editor="full"]').first().waitFor();
}

/**
 * Clicks in the example that is timed, and takes the time inside the page until there is an element that was not there
 * before; then waits until the run, if it is one, is over.
 * @param {import("playwright-core").Page} page
 * @param {string} button
 * @param {string} appears
 * @returns {Promise<number>}
 */
async function clickToChange(page, button, appears) {
  const time = await page.evaluate(
    ({ timed, button, appears }) =>
      new Promise((resolve) => {
        const figure = /** @type {Element} */ (document.querySelector(timed));
        const before = new Set(figure.querySelectorAll(appears));
        const observer = new MutationObserver(() => {
          if (![...figure.querySelectorAll(appears)].some((element) => !before.has(element))) return;
          observer.disconnect();
          resolve(performance.now() - began);
        });
        observer.observe(figure, { childList: true, subtree: true, attributes: true });
        const began = performance.now();
        /** @type {HTMLElement} */ (figure.querySelector(button)).click();
      }),
    { timed: `[${TIMED}]`, button, appears },
  );
  await page.locator(`[${TIMED}] .galley-log[aria-busy="false"]`).waitFor({ state: "attached" });
  return /** @type {number} */ (time);
}

/** Runs in the page before its scripts: as many examples as a long chapter has. @param {{ count: number, timed: string }} given */
function repeatExamples({ count, timed }) {
  new MutationObserver((_, observer) => {
    if (![...document.scripts].some((script) => /galley-[^/]*\.js/.test(script.src))) return;
    observer.disconnect();
    const figures = [...document.querySelectorAll("figure.galley-example:has(script.galley-data)")];
    const prints = figures.find((figure) => JSON.parse(figure.querySelector("script.galley-data")?.textContent ?? "").stdout);
    for (let at = 0; figures.length + at < count; at++) figures[at % figures.length].after(figures[at % figures.length].cloneNode(true));
    prints?.setAttribute(timed, "");
  }).observe(document, { childList: true, subtree: true });
}

/** @param {string} file below the site */
function zipped(file) {
  return gzipSync(readFileSync(path.join(site, file)), { level: 9 }).length;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1).padStart(8);
}
