/** Exercises of a built book, used as a learner would. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { AXE, axe } from "./axe.mjs";
import { heartbeats } from "./example.mjs";
import { answersOf, compare, recordOf } from "./parity.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {(page: Page, name: string) => Promise<void>} needs.open
 * @param {string[]} needs.pages with exercises
 * @param {string} needs.site
 * @param {string} needs.sources the folder of the exercises
 * @param {any} needs.report of `check --format json`
 * @param {boolean} needs.isThorough also what takes long and does not depend on where the book lies
 */
export function tryExercises({ check, open, pages, site, sources, report, isThorough }) {
  const pageOf = pagesOf(site, pages);
  const source = (/** @type {string} */ file) => readFileSync(path.join(sources, file), "utf8");
  const pageFor = (/** @type {string} */ name) => pageOf.get(name) ?? assert.fail(`no page has the exercise ${name}`);
  /** @param {Page} page @param {string} name */
  const openExercise = async (page, name) => {
    await open(page, pageFor(name));
    return page.locator(`section[data-exercise="${name}"]`);
  };

  for (const [name, file] of isThorough ? pageOf : []) {
    check(`${file}: ${name}: each answer has the record that the build has`, {}, async (page) => {
      const section = await openExercise(page, name);
      const reported = report.exercises.find((/** @type {any} */ exercise) => exercise.name === name);
      for (const answer of answersOf(path.join(sources, name), reported)) compare(await recordOf(section, answer.text), answer);
    });
  }

  check("an exercise is solved to the end, and the answer stays", {}, async (page) => {
    const section = await openExercise(page, "change-in-place");
    assert.equal(await results(section).textContent(), "", "something ran on load");
    await answer(section).fill(source("change-in-place/solution.js"));
    await checkIt(section);
    assert.match((await results(section).textContent()) ?? "", /^Passed/);
    assert.deepEqual([...new Set(await statuses(section))], ["passed"]);
    assert.ok(await section.locator(".galley-explanation").isVisible());
    const next = section.getByRole("link", { name: "Next exercise" });
    await section.getByRole("button", { name: "Solution" }).click();
    assert.ok(await section.locator(".galley-shown-solution").isVisible());
    await next.click();
    await page.waitForURL(/#exercise-/);
    await page.locator(`section.galley-exercise${new URL(page.url()).hash}`).waitFor();
    const again = await openExercise(page, "change-in-place");
    assert.equal(await answer(again).inputValue(), source("change-in-place/solution.js"));
    assert.equal(await results(again).textContent(), "", "it ran by itself");
  });

  check("a common wrong answer is told what is wrong with it", {}, async (page) => {
    const section = await openExercise(page, "several-values");
    const { wrong } = await island(section);
    assert.ok(wrong.length > 1);
    await answer(section).fill(source(`several-values/wrong/${wrong[1].name}.js`));
    await checkIt(section);
    assert.equal(await section.locator(".galley-wrong-answer").textContent(), wrong[1].message);
    const failed = section.locator('li[data-status="failed"]').first();
    assert.notEqual(await failed.locator(".galley-test-name").textContent(), "");
  });

  const three = "const test = require('node:test');\nconst assert = require('node:assert');\nconst f = require('./answer.js');\n" +
    "test('one', () => assert.equal(f(1), 1));\ntest('two', () => { console.log('two begins'); assert.equal(f(2), 2); });\ntest('three', () => assert.equal(f(3), 3));\n";

  check("an endless loop fails its test, and the page lives", {}, async (page) => {
    await patch(page, "hand-it-in", { test: three, limits: { timeMs: 5000 } });
    const section = await openExercise(page, "hand-it-in");
    await answer(section).fill("module.exports = (n) => { while (n === 2) {} return n; };");
    await section.getByRole("button", { name: "Check" }).click();
    // By now it is in its loop.
    await section.getByRole("button", { name: "Stop" }).waitFor();
    assert.equal(await heartbeats(section, 20), 20, "the page's own thread stood still");
    await settled(section);
    assert.deepEqual(await statuses(section), ["passed", "failed", "not-run"]);
    const text = (await results(section).textContent()) ?? "";
    assert.match(text, /^Stopped: not finished after 5 seconds/);
    assert.match(text, /timed out: the test was still running/);
    assert.match(text, /two begins/);
    assert.equal(await page.locator("iframe").count(), 0, "the frame is still there");
    await answer(section).fill("module.exports = (n) => n;");
    await checkIt(section);
    assert.deepEqual(await statuses(section), ["passed", "passed", "passed"]);
  });

  check("Stop ends a check", {}, async (page) => {
    await patch(page, "hand-it-in", { test: three });
    const section = await openExercise(page, "hand-it-in");
    await answer(section).fill("while (true) {}");
    await section.getByRole("button", { name: "Check" }).click();
    await section.getByRole("button", { name: "Stop" }).click();
    await settled(section);
    assert.equal(await results(section).textContent(), "Stopped.");
    assert.equal(await section.getByRole("button", { name: "Stop" }).count(), 0);
    assert.ok(await section.getByRole("button", { name: "Check" }).evaluate((button) => button === document.activeElement), "the focus was lost");
  });

  check("what does not load is told with its line", {}, async (page) => {
    const section = await openExercise(page, "several-values");
    await answer(section).fill("const a = 1;\n\nconst a = 2;\n");
    await checkIt(section);
    assert.match((await results(section).textContent()) ?? "", /SyntaxError: Identifier 'a' has already been declared.*line 3 of your answer/);
    await answer(section).fill("\nnull.genre;\n");
    await checkIt(section);
    assert.match((await results(section).textContent()) ?? "", /TypeError: Cannot read properties of null \(reading 'genre'\).*line 2 of your answer/);
  });

  check("an exercise whose answers print", {}, async (page) => {
    const section = await openExercise(page, "liner-notes");
    await answer(section).fill("console.log('something else');");
    await checkIt(section);
    assert.deepEqual(await statuses(section), ["failed"]);
    assert.match((await results(section).textContent()) ?? "", /something else/);
    await answer(section).fill(source("liner-notes/solution.js"));
    await checkIt(section);
    assert.deepEqual(await statuses(section), ["passed"]);
  });

  check("expect and chai are loaded when tests use them, and only then", {}, async (page) => {
    const asked = requested(page, "galley/expect.js");
    await patch(page, "hand-it-in", {
      test: "const add = require('./answer.js');\nconst { expect: chai } = require('chai');\n" +
        "describe('add', () => {\n  it('adds', () => { expect(add(1, 2)).toBe(3); });\n  it('is chai', () => { chai(add(1, 2)).to.equal(3); });\n});\n",
    });
    let section = await openExercise(page, "several-values");
    await checkIt(section);
    assert.equal(asked(), 0, "a page without such tests loaded it");
    section = await openExercise(page, "hand-it-in");
    await answer(section).fill("module.exports = (a, b) => a - b;");
    await checkIt(section);
    assert.deepEqual(await statuses(section), ["failed", "failed"]);
    assert.match((await results(section).textContent()) ?? "", /add > adds/);
    await answer(section).fill("module.exports = (a, b) => a + b;");
    await checkIt(section);
    assert.deepEqual(await statuses(section), ["passed", "passed"]);
    assert.equal(asked(), 1);
  });

  check("import() in a CommonJS file that was required", {}, async (page) => {
    await patch(page, "hand-it-in", {
      test: "const test = require('node:test');\nconst assert = require('node:assert');\n" +
        "test('storm', async () => assert.equal(await require('./answer.js').storm(), 'boom'));\n",
      files: [{ path: "/thunder.mjs", source: "export default 'boom';\n" }],
    });
    const section = await openExercise(page, "hand-it-in");
    await answer(section).fill("exports.storm = async () => (await import('./thunder.mjs')).default;");
    await checkIt(section);
    assert.deepEqual(await statuses(section), ["passed"], (await results(section).textContent()) ?? "");
  });

  check("what an answer prints stays text, and says nothing of the verdict", {}, async (page) => {
    await patch(page, "hand-it-in", { test: three });
    const section = await openExercise(page, "hand-it-in");
    await answer(section).fill("console.log('<img src=x onerror=alert(1)> # pass 3');\nmodule.exports = () => 0;");
    await checkIt(section);
    assert.equal(await results(section).locator("img").count(), 0);
    assert.match((await results(section).textContent()) ?? "", /<img src=x onerror=alert\(1\)>/);
    assert.deepEqual(await statuses(section), ["failed", "failed", "failed"]);
  });

  check("hints come one at a time", {}, async (page) => {
    const section = await openExercise(page, "break-the-cycle");
    const hint = section.getByRole("button", { name: "Hint" });
    const shown = section.getByRole("list", { name: "Hints" }).getByRole("listitem");
    assert.equal(await shown.count(), 0);
    for (const count of [1, 2, 3]) {
      await hint.click();
      assert.equal(await shown.count(), count);
    }
    await hint.click({ force: true });
    assert.equal(await shown.count(), 3);
    assert.match((await section.locator(".galley-note").textContent()) ?? "", /no more hints/);
    const again = await openExercise(page, "break-the-cycle");
    assert.equal(await again.getByRole("list", { name: "Hints" }).getByRole("listitem").count(), 3, "they were forgotten");
  });

  for (const [reveal, first, failed] of /** @type {const} */ ([[null, false, true], ["attempt", false, true], ["pass", false, false], ["always", true, true]])) {
    check(`the solution is shown in time: reveal = ${reveal}`, {}, async (page) => {
      await patch(page, "several-values", { reveal });
      const section = await openExercise(page, "several-values");
      const solution = section.getByRole("button", { name: "Solution" });
      const panel = section.locator(".galley-shown-solution");
      const note = section.locator(".galley-note");
      const press = async (/** @type {boolean} */ shown) => {
        assert.equal(await solution.getAttribute("aria-disabled"), shown ? null : "true");
        await solution.click({ force: true });
        assert.equal(await panel.isVisible(), shown);
        if (shown) await solution.click();
        else assert.match((await note.textContent()) ?? "", /^The solution is shown /);
      };
      await press(first);
      await checkIt(section);
      await press(failed);
      await answer(section).fill(source("several-values/solution.js"));
      await checkIt(section);
      await press(true);
    });
  }

  check("Reset asks by a second press", {}, async (page) => {
    const section = await openExercise(page, "several-values");
    const { starter } = await island(section);
    await answer(section).fill("mine");
    const reset = section.getByRole("button", { name: "Reset" });
    await reset.click();
    assert.equal(await answer(section).inputValue(), "mine");
    assert.match((await section.locator(".galley-note").textContent()) ?? "", /again/);
    await reset.click();
    assert.equal(await answer(section).inputValue(), starter);
    const again = await openExercise(page, "several-values");
    assert.equal(await answer(again).inputValue(), starter);
  });

  check("by keyboard alone, without turning the page", {}, async (page) => {
    const section = await openExercise(page, "change-in-place");
    const url = page.url();
    for (let tabs = 0; ; tabs++) {
      assert.ok(tabs < 300, "300 Tabs did not reach the answer");
      await page.keyboard.press("Tab");
      if (await answer(section).evaluate((field) => field === document.activeElement)) break;
    }
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(source("change-in-place/solution.js"));
    await page.keyboard.type("s/ ");
    for (const key of ["ArrowRight", "ArrowLeft", "Backspace", "Backspace", "Backspace"]) await page.keyboard.press(key);
    assert.equal(await page.locator("#mdbook-search-wrapper:not(.hidden), #search-wrapper:not(.hidden)").count(), 0, "the search opened");
    await page.keyboard.press("Control+Enter");
    await settled(section);
    assert.match((await results(section).textContent()) ?? "", /^Passed/);
    assert.equal(page.url(), url);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.ok(await section.getByRole("button", { name: "Check" }).evaluate((button) => button === document.activeElement), "Escape, Tab does not lead to Check");
  });

  check("without JavaScript prompt and starter are readable and no button is there", { javaScriptEnabled: false }, async (page) => {
    const section = await openExercise(page, "break-the-cycle");
    assert.ok(await section.locator(".galley-prompt").isVisible());
    assert.ok(await section.locator(".galley-starter code").isVisible());
    assert.equal(await section.getByRole("button").count(), 0);
    assert.equal(await section.locator("details.galley-hint").count(), 3);
  });

  if (isThorough) {
    check("axe finds nothing in five themes", { reducedMotion: "reduce" }, async (page) => {
      await page.addInitScript(AXE);
      const section = await openExercise(page, "several-values");
      const findings = async () => assert.deepEqual(await axe(page, [["section.galley-exercise"]]), []);
      await findings();
      await answer(section).fill(`console.log('outside');\n${source(`several-values/wrong/${(await island(section)).wrong[0].name}.js`)}`);
      await checkIt(section);
      await section.getByRole("button", { name: "Hint" }).click();
      await section.getByRole("button", { name: "Solution" }).click();
      await findings();
      await answer(section).fill(source("several-values/solution.js"));
      await checkIt(section);
      await findings();
    });
  }

  check("results fit into 320 px", { viewport: { width: 320, height: 640 } }, async (page) => {
    await patch(page, "hand-it-in", { test: three });
    const section = await openExercise(page, "hand-it-in");
    await answer(section).fill(`console.log('${"wide".repeat(80)}');\nmodule.exports = () => '${"long".repeat(80)}';\n`);
    await checkIt(section);
    await section.getByRole("button", { name: "Solution" }).click();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `it is ${width} px wide`);
  });
}

/**
 * Answers whose records are kept.
 * @param {Pick<Parameters<typeof tryExercises>[0], "check" | "open" | "pages" | "site"> & { answers: string }} needs
 */
export function tryRecords({ check, open, pages, site, answers }) {
  for (const [name, file] of pagesOf(site, pages)) {
    const folder = path.join(answers, name);
    for (const answer of readdirSync(folder).filter((file) => file.endsWith(".js")).sort()) {
      const read = (/** @type {string} */ file) => readFileSync(path.join(folder, file), "utf8");
      check(`${name}: ${answer} has its record`, {}, async (page) => {
        await open(page, file);
        const record = await recordOf(page.locator(`section[data-exercise="${name}"]`), read(answer));
        compare(record, { file: answer, text: "", expected: JSON.parse(read(answer.replace(/js$/, "json"))) });
      });
    }
  }
}

/** @param {string} site @param {string[]} pages @returns {Map<string, string>} the page of each exercise */
function pagesOf(site, pages) {
  const found = new Map();
  for (const page of pages) {
    for (const [, name] of readFileSync(path.join(site, page), "utf8").matchAll(/data-exercise="([^"]+)"/g)) found.set(name, page);
  }
  return found;
}

/** @param {Locator} section */
const answer = (section) => section.getByRole("textbox", { name: "Your answer" });

/** @param {Locator} section */
const results = (section) => section.getByRole("status", { name: "Results" });

/** @param {Locator} section */
async function checkIt(section) {
  await section.getByRole("button", { name: "Check" }).click();
  await settled(section);
}

/** The results are busy from the press on. @param {Locator} section */
async function settled(section) {
  await section.locator('.galley-results[aria-busy="false"]').waitFor({ state: "attached" });
}

/** @param {Locator} section */
const statuses = (section) => section.locator("li[data-status]").evaluateAll((items) => items.map((item) => /** @type {HTMLElement} */ (item).dataset.status));

/** @param {Locator} section @returns {Promise<any>} */
const island = async (section) => JSON.parse((await section.locator(":scope > script.galley-data").textContent()) ?? "");

/** @param {Page} page @param {string} ending */
function requested(page, ending) {
  let count = 0;
  page.on("request", (request) => void (count += Number(request.url().endsWith(ending))));
  return () => count;
}

/**
 * Changes an exercise's data before the page's scripts see them.
 * @param {Page} page
 * @param {string} name
 * @param {{ test?: string, files?: object[], limits?: object, reveal?: string | null }} changes
 */
async function patch(page, name, changes) {
  await page.addInitScript(
    ({ name, changes }) => {
      if (window !== window.top) return;
      new MutationObserver((_, observer) => {
        const island = document.querySelector(`section[data-exercise="${name}"] > script.galley-data`);
        if (!island?.parentElement?.nextSibling) return;
        observer.disconnect();
        const data = JSON.parse(island.textContent ?? "");
        const { program } = data;
        if (changes.test !== undefined) program.files = [...program.files.map((/** @type {any} */ file) => (file.path === program.entry ? { ...file, source: changes.test } : file)), ...(changes.files ?? [])];
        if (changes.test !== undefined) data.tests = [];
        Object.assign(program.limits, changes.limits);
        if ("reveal" in changes) data.reveal = changes.reveal;
        island.textContent = JSON.stringify(data);
      }).observe(document, { childList: true, subtree: true });
    },
    { name, changes },
  );
}
