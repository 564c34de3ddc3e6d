/** Quizzes of a built book, answered as a learner would. */
import assert from "node:assert/strict";
import { AXE, axe } from "./axe.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {(page: Page, name: string) => Promise<void>} needs.open
 * @param {string[]} needs.pages with quizzes
 */
export function tryQuizzes({ check, open, pages }) {
  assert.ok(pages.length > 0, "no page has a quiz");
  const [first] = pages;
  /** @param {Page} page */
  const openQuiz = async (page) => {
    await open(page, first);
    return page.locator("figure.galley-example:has(fieldset.galley-predict)").first();
  };

  for (const name of pages) {
    check(`${name}: each quiz takes its right answer alone, and then its example prints it`, {}, async (page) => {
      await open(page, name);
      for (const figure of await page.locator("figure.galley-example:has(fieldset.galley-predict)").all()) {
        const [right, wrong] = [await valueOf(figure, true), await valueOf(figure, false)];
        await option(figure, wrong).check();
        await figure.getByRole("button", { name: "Check" }).click();
        assert.match(await verdict(figure), /^Not this one\./);
        await option(figure, right).check();
        await figure.getByRole("button", { name: "Check" }).click();
        assert.match(await verdict(figure), /^Right\./);
        const runs = (await figure.locator("script.galley-data").count()) > 0;
        assert.equal(await figure.getByRole("button", { name: "Run" }).count(), runs ? 1 : 0);
        if (!runs || (await figure.locator("fieldset").getAttribute("data-question")) !== "output") continue;
        await figure.getByRole("button", { name: "Run" }).click();
        await figure.locator('.galley-log[aria-busy="false"] > *').first().waitFor();
        const printed = (await figure.locator(".galley-stdout").allTextContents()).join("");
        const expected = await option(figure, right).locator("xpath=..").locator("samp").textContent();
        assert.equal(printed.trimEnd(), expected);
      }
    });
  }

  check("before an answer nothing tells it and nothing runs", {}, async (page) => {
    const figure = await openQuiz(page);
    await figure.getByRole("button", { name: "Check" }).waitFor();
    assert.equal(await figure.getByRole("button", { name: /Run|Edit|Reset/ }).count(), 0);
    assert.equal(await figure.getByText("Answer", { exact: true }).isVisible(), false);
    assert.equal(await figure.locator(".galley-stated, .galley-claim").count(), 0);
    await figure.getByRole("button", { name: "Check" }).click();
    assert.equal(await verdict(figure), "Choose an answer first.");
    assert.equal(await figure.getByRole("button", { name: "Run" }).count(), 0);
  });

  check("a wrong answer is told with its reason, and another choice takes it away", {}, async (page) => {
    const figure = await openQuiz(page);
    const wrong = await valueOf(figure, false);
    await option(figure, wrong).check();
    await figure.getByRole("button", { name: "Check" }).click();
    const why = await figure.locator(`[data-option="${wrong}"] .galley-why`).textContent();
    assert.equal((await verdict(figure)).replace(/\s*\n\s*/, " "), `Not this one. ${why?.trim()}`);
    assert.equal(await figure.locator('label[data-outcome="wrong"]').count(), 1);
    await option(figure, await valueOf(figure, true)).check();
    assert.equal(await verdict(figure), "");
    assert.equal(await figure.locator("label[data-outcome]").count(), 0);
    await figure.locator("summary").click();
    assert.ok(await figure.locator('[data-right="true"]').isVisible());
  });

  check("that a quiz was answered is marked and stays, and what was chosen is not kept", {}, async (page) => {
    let figure = await openQuiz(page);
    const mark = () => figure.locator("legend").getByText("answered", { exact: true });
    for (const right of [false, true]) {
      assert.equal(await mark().count(), 0);
      await option(figure, await valueOf(figure, right)).check();
      await figure.getByRole("button", { name: "Check" }).click();
    }
    await mark().waitFor();
    figure = await openQuiz(page);
    await mark().waitFor();
    assert.equal(await figure.getByRole("radio", { checked: true }).count(), 0);
    const key = await figure.locator("fieldset").getAttribute("data-quiz");
    const kept = await page.evaluate((key) => Object.entries(localStorage).filter(([name]) => name.endsWith(`:#${key}`)).map(([, text]) => JSON.parse(text)), key);
    assert.equal(kept.length, 1);
    assert.deepEqual(Object.keys(kept[0]).sort(), ["passed", "started", "state"]);
  });

  check("a quiz is answered by keyboard, and the book's page stays", {}, async (page) => {
    const figure = await openQuiz(page);
    const address = page.url();
    const options = await figure.getByRole("radio").count();
    await figure.getByRole("radio").first().focus();
    await page.keyboard.press("Space");
    const right = await valueOf(figure, true);
    for (let pressed = 0; pressed < options && !(await option(figure, right).isChecked()); pressed++) {
      await page.keyboard.press(pressed % 2 === 0 ? "ArrowRight" : "ArrowDown");
    }
    await page.keyboard.press("Enter");
    assert.match(await verdict(figure), /^Right\./);
    assert.equal(page.url(), address);
    await page.keyboard.press("Tab");
    assert.ok(await figure.getByRole("button", { name: "Check" }).evaluate((button) => button === document.activeElement));
  });

  check("quizzes of a book do not share their radio buttons", {}, async (page) => {
    const names = [];
    for (const name of pages) {
      await open(page, name);
      names.push(...(await page.locator("fieldset.galley-predict").evaluateAll((all) => all.map((quiz) => quiz.querySelector("input")?.name))));
    }
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.length > pages.length);
  });

  check("without JavaScript options can be read, and the answer is a click away", { javaScriptEnabled: false }, async (page) => {
    const figure = await openQuiz(page);
    assert.ok(await figure.locator(".galley-option-text").first().isVisible());
    assert.equal(await figure.getByRole("button").count(), 0);
    const right = figure.locator('[data-right="true"]');
    assert.equal(await right.isVisible(), false);
    await figure.locator("summary").click();
    assert.ok(await right.isVisible());
    assert.notEqual((await right.locator(".galley-why").innerText()).trim(), "");
  });

  check("on paper there are the options and no button", {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    const figure = await openQuiz(page);
    assert.equal(await figure.getByRole("button", { name: "Check" }).isVisible(), false);
    assert.ok(await figure.locator(".galley-option-text").first().isVisible());
  });

  check("from right to left at 320 px it fits, and outputs stay from left to right", { viewport: { width: 320, height: 640 } }, async (page) => {
    const figure = await openQuiz(page);
    await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    const direction = await figure.locator(".galley-option-text").first().evaluate((text) => getComputedStyle(text).direction);
    assert.equal(direction, "ltr");
  });

  check("axe finds nothing at a quiz in any theme", { reducedMotion: "reduce" }, async (page) => {
    const figure = await openQuiz(page);
    await page.evaluate(AXE);
    const violations = () => axe(page, [["fieldset.galley-predict"]]);
    assert.deepEqual(await violations(), []);
    for (const right of [false, true]) {
      await option(figure, await valueOf(figure, right)).check();
      await figure.getByRole("button", { name: "Check" }).click();
      await figure.locator("details.galley-predict-answer").evaluate((details) => details.setAttribute("open", ""));
      assert.deepEqual(await violations(), []);
    }
  });
}

/** Of the right option, or of the first wrong one. @param {Locator} figure @param {boolean} right */
async function valueOf(figure, right) {
  const value = await figure.locator(`[data-option][data-right="${right}"]`).first().getAttribute("data-option");
  return value ?? assert.fail("there is no such option");
}

/** @param {Locator} figure @param {string} value */
const option = (figure, value) => figure.locator(`input[type="radio"][value="${value}"]`);

/** @param {Locator} figure */
const verdict = async (figure) => ((await figure.locator(".galley-predict-verdict").textContent()) ?? "").trim();
