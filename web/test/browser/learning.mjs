/** What a built book keeps of a learner: marks, panel, the file that the terminal has too. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AXE, axe } from "./axe.mjs";
import { assertSoon } from "./soon.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {(page: Page, name: string) => Promise<void>} needs.open
 * @param {import("./pages.mjs").Pages} needs.pages
 * @param {string} needs.book its folder
 * @param {string} needs.galley the command
 * @param {boolean} needs.isThorough also what takes long and does not depend on where the book lies
 */
export function tryLearning({ check, open, pages, book, galley, isThorough }) {
  const one = { name: "change-in-place", page: "variables-and-values.html", title: "Change it in place" };
  const title = "Two Names, One Object";
  const key = (/** @type {string} */ name) => `galley:${encodeURIComponent(title)}:${name}`;
  const solution = readFileSync(path.join(book, "exercises", one.name, "solution.js"), "utf8");

  /** @param {Page} page */
  const solve = async (page) => {
    await open(page, one.page);
    const section = page.locator(`section[data-exercise="${one.name}"]`);
    await section.getByRole("textbox", { name: "Your answer" }).fill(solution);
    await section.getByRole("button", { name: "Check" }).click();
    await section.locator('.galley-results[data-outcome="passed"]').waitFor();
  };

  check("what has passed is marked in the sidebar and in the panel, and stays", {}, async (page) => {
    await solve(page);
    for (const reload of [false, true]) {
      if (reload) await open(page, "habits.html");
      const link = page.locator(`#mdbook-sidebar a[href$="${one.page}"]`).first();
      assert.equal(await link.getAttribute("data-galley-progress"), "done");
      assert.match((await link.textContent()) ?? "", /, done$/);
      assert.equal(await page.locator("#mdbook-sidebar [data-galley-progress]").count(), 1);
      const panel = await openPanel(page);
      assert.match((await panel.locator(".galley-total").textContent()) ?? "", /^1 of 20 exercises passed/);
      assert.equal(await panel.locator("li[data-state='passed']").count(), 1);
      await panel.getByRole("button", { name: "Close" }).click();
    }
    const panel = await openPanel(page);
    await panel.getByRole("link", { name: /^Next unsolved exercise/ }).click();
    await page.waitForURL(/#exercise-mini-require$/);
    assert.ok(await page.locator("#exercise-mini-require").evaluate((element) => Math.abs(element.getBoundingClientRect().top) < innerHeight));
  });

  check("an exercise that was begun marks its chapter as started", {}, async (page) => {
    await open(page, "habits.html");
    const box = page.locator('section[data-exercise="export-a-class"]').getByRole("textbox", { name: "Your answer" });
    await box.fill("// not yet");
    await box.blur();
    const link = page.locator('#mdbook-sidebar a[href$="habits.html"]').first();
    await assertSoon(async () => assert.equal(await link.getAttribute("data-galley-progress"), "started"));
    assert.match((await link.textContent()) ?? "", /begun: 0 of 3 exercises passed$/);
  });

  check("a later change of tests makes it an earlier version, and erases nothing", {}, async (page) => {
    await keep(page, { [key(one.name)]: { state: "passed", started: "2026-01-01T00:00:00Z", passed: "2026-01-01T00:00:00Z", hints: 1, tests: "older", answer: "mine" } });
    await open(page, one.page);
    assert.equal(await page.locator(`#mdbook-sidebar a[href$="${one.page}"]`).first().getAttribute("data-galley-progress"), "done");
    const panel = await openPanel(page);
    assert.match((await panel.locator("li[data-state='passed-earlier']").textContent()) ?? "", /passed an earlier version/);
    await panel.getByRole("button", { name: "Close" }).click();
    assert.equal(await page.getByRole("textbox", { name: "Your answer" }).inputValue(), "mine");
  });

  check("a file of the terminal comes in, goes out, and is the terminal's again", { acceptDownloads: true }, async (page) => {
    const folder = mkdtempSync(path.join(tmpdir(), "galley-learn-"));
    try {
      const learn = (/** @type {string[]} */ ...args) => spawnSync(galley, ["learn", ...args, "--into", folder], { cwd: book, encoding: "utf8" });
      learn("hand-it-in", "--hint");
      writeFileSync(path.join(folder, one.name, "answer.js"), solution);
      assert.equal(learn(one.name).status, 0);
      const file = path.join(folder, "galley-progress.json");
      // Of another book, and of a version to come.
      const written = JSON.parse(readFileSync(file, "utf8"));
      written.books.Other = { exercises: { there: { state: "started", started: "2026-01-01T00:00:00Z", hints: 0, stars: 3 } }, theme: "dark" };
      writeFileSync(file, JSON.stringify({ ...written, by: "somebody" }));

      await keep(page, { [key("two-decks")]: { state: "started", started: "2026-01-02T00:00:00Z", hints: 2, answer: "of the page" } });
      await open(page, one.page);
      const panel = await openPanel(page);
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), panel.getByRole("button", { name: "Import progress" }).click()]);
      await chooser.setFiles(file);
      await assertSoon(async () => assert.match((await panel.getByRole("status").textContent()) ?? "", /^Imported/));
      assert.match((await panel.locator(".galley-total").textContent()) ?? "", /^1 of 20/);
      assert.equal(await panel.locator("li[data-state='passed']").count(), 1, "the terminal's tests are not the page's");

      const exported = JSON.parse(await download(page, panel));
      const entry = exported.books[title].exercises;
      assert.equal(entry[one.name].tests, written.books[title].exercises[one.name].tests);
      assert.equal(entry["two-decks"].answer, "of the page");
      assert.deepEqual(exported.books.Other, written.books.Other);
      assert.equal(exported.by, "somebody");
      assert.equal(exported.books[title].current, written.books[title].current);
      assert.equal(exported.schema, 1);

      entry["two-decks"].state = "passed";
      writeFileSync(file, JSON.stringify(exported));
      const listed = execFileSync(galley, ["learn", "--list", "--into", folder], { cwd: book, encoding: "utf8" });
      assert.match(listed, /✓ change-in-place/);
      assert.match(listed, /↻ two-decks .*passed an earlier version/);
      assert.equal(learn("mini-require").status, 1);
      const again = JSON.parse(readFileSync(file, "utf8"));
      // It came into the file, which was the starter, and waits no longer.
      assert.equal(readFileSync(path.join(folder, "two-decks", "answer.js"), "utf8"), "of the page", "the terminal forgot it");
      assert.equal(again.books[title].exercises["two-decks"].answer, undefined);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  check("a quiz that was answered in the terminal is answered on the page, and the other way round", { acceptDownloads: true }, async (page) => {
    const folder = mkdtempSync(path.join(tmpdir(), "galley-learn-"));
    try {
      const learn = (/** @type {string[]} */ ...args) => spawnSync(galley, ["learn", ...args, "--into", folder], { cwd: book, encoding: "utf8" });
      // One of the numbers is right.
      const codes = ["1", "2", "3", "4", "5"].map((number) => learn("quiz-1", "--answer", number).status);
      assert.equal(codes.filter((code) => code === 0).length, 1);
      const file = path.join(folder, "galley-progress.json");
      const { quizzes } = JSON.parse(readFileSync(file, "utf8")).books[title];
      const [first] = Object.keys(quizzes);

      const quiz = page.locator("fieldset.galley-predict").first();
      await open(page, "two-names.html");
      assert.equal(await quiz.getAttribute("data-quiz"), first);
      assert.equal(await quiz.getByText("answered", { exact: true }).count(), 0);
      const panel = await openPanel(page);
      assert.match((await panel.locator(".galley-total").textContent()) ?? "", /0 of 17 quizzes answered/);
      await take(panel, readFileSync(file, "utf8"));
      assert.match((await panel.getByRole("status").textContent()) ?? "", /^Imported: 0 exercises and 1 quiz\./);
      assert.match((await panel.locator(".galley-total").textContent()) ?? "", /1 of 17 quizzes answered/);
      await panel.getByRole("button", { name: "Close" }).click();
      await quiz.getByText("answered", { exact: true }).waitFor();

      await open(page, one.page);
      await answerQuiz(quiz);
      await quiz.getByText("answered", { exact: true }).waitFor();
      const exported = JSON.parse(await download(page, await openPanel(page)));
      assert.deepEqual(exported.books[title].quizzes[first], quizzes[first]);
      assert.equal(Object.keys(exported.books[title].quizzes).length, 2);

      writeFileSync(path.join(folder, "page.json"), JSON.stringify(exported));
      const other = path.join(folder, "other");
      const taken = spawnSync(galley, ["learn", "--import", path.join(folder, "page.json"), "--into", other], { cwd: book, encoding: "utf8" });
      assert.match(taken.stdout, /2 quizzes taken in\. 2 of 37 passed\./);
      const listed = execFileSync(galley, ["learn", "--list", "--into", other], { cwd: book, encoding: "utf8" });
      assert.equal(listed.match(/^✓ quiz-/gm)?.length, 2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  check("an import keeps a quiz that was answered, and forgetting forgets it", {}, async (page) => {
    await open(page, one.page);
    const quiz = page.locator("fieldset.galley-predict").first();
    const id = await quiz.getAttribute("data-quiz");
    await answerQuiz(quiz);
    const panel = await openPanel(page);
    const kept = JSON.parse(await download(page, panel)).books[title].quizzes[id ?? ""];
    assert.deepEqual(Object.keys(kept).sort(), ["passed", "started", "state"]);
    const theirs = { state: "started", started: "2020-01-01T00:00:00Z", theme: "dark" };
    await take(panel, JSON.stringify({ schema: 1, books: { [title]: { exercises: {}, quizzes: { [id ?? ""]: theirs } } } }));
    const merged = JSON.parse(await download(page, panel)).books[title].quizzes[id ?? ""];
    assert.deepEqual(merged, { ...kept, started: theirs.started, theme: "dark" });
    await panel.getByRole("button", { name: "Reset progress" }).dblclick();
    assert.equal(JSON.parse(await download(page, panel)).books[title]?.quizzes, undefined);
    await panel.getByRole("button", { name: "Close" }).click();
    assert.equal(await quiz.getByText("answered", { exact: true }).count(), 0);
  });

  check("an import loses nothing that was passed, seen or written later", {}, async (page) => {
    await keep(page, {
      [key(one.name)]: { state: "passed", started: "2026-01-02T00:00:00Z", passed: "2026-01-03T00:00:00Z", hints: 3, tests: "x", answer: "newer", saved: "2026-02-01T00:00:00Z" },
      [key("two-decks")]: { state: "started", started: "2026-01-02T00:00:00Z", hints: 0, answer: "older", saved: "2026-01-02T00:00:00Z" },
    });
    await open(page, one.page);
    const panel = await openPanel(page);
    const theirs = { state: "started", started: "2026-01-01T00:00:00Z", hints: 1, answer: "theirs", saved: "2026-01-15T00:00:00Z" };
    await take(panel, JSON.stringify({ schema: 1, books: { [title]: { exercises: { [one.name]: theirs, "two-decks": theirs } } } }));
    const entries = JSON.parse(await download(page, panel)).books[title].exercises;
    assert.deepEqual(entries[one.name], { state: "passed", started: "2026-01-01T00:00:00Z", passed: "2026-01-03T00:00:00Z", hints: 3, tests: "x", answer: "newer", saved: "2026-02-01T00:00:00Z" });
    assert.equal(entries["two-decks"].answer, "theirs");
  });

  const wrong = {
    "no JSON": ["{", /not JSON/],
    "another file": ['{"name":"x"}', /no progress/],
    "a newer file": ['{"schema":2,"books":{}}', /newer version/],
    "a damaged file": [`{"schema":1,"books":{"${title}":{"exercises":{"a":{"state":"lost"}}}}}`, /damaged/],
    "a file with no quizzes where they should be": [`{"schema":1,"books":{"${title}":{"exercises":{"a":{"state":"passed","started":"1"}},"quizzes":null}}}`, /damaged/],
    "a file with a damaged quiz": [`{"schema":1,"books":{"${title}":{"exercises":{},"quizzes":{"a":{"state":"lost"}}}}}`, /damaged/],
  };
  check("a file that is none is told, and nothing changes", {}, async (page) => {
    await keep(page, { [key(one.name)]: { state: "passed", started: "2026-01-02T00:00:00Z", hints: 0 } });
    await open(page, one.page);
    const panel = await openPanel(page);
    for (const [what, [text, words]] of Object.entries(wrong)) {
      await take(panel, /** @type {string} */ (text));
      assert.match((await panel.getByRole("status").textContent()) ?? "", /** @type {RegExp} */ (words), what);
      assert.match((await panel.locator(".galley-total").textContent()) ?? "", /^1 of 20/);
    }
  });

  check("two tabs do not lose each other's work", {}, async (page) => {
    await open(page, one.page);
    const other = await page.context().newPage();
    await open(other, "habits.html");
    const box = other.locator('section[data-exercise="export-a-class"]').getByRole("textbox", { name: "Your answer" });
    await box.fill("// in the other tab");
    await box.blur();
    await solve(page);
    await assertSoon(async () => assert.equal(await page.locator('#mdbook-sidebar a[href$="habits.html"]').first().getAttribute("data-galley-progress"), "started"));
    await assertSoon(async () => assert.equal(await other.locator(`#mdbook-sidebar a[href$="${one.page}"]`).first().getAttribute("data-galley-progress"), "done"));
    const entries = JSON.parse(await download(page, await openPanel(page))).books[title].exercises;
    assert.deepEqual([entries[one.name].state, entries["export-a-class"].answer], ["passed", "// in the other tab"]);
  });

  check("a tab that lay idle does not overwrite another one's answer, and follows it", {}, async (page) => {
    await open(page, one.page);
    const answer = (/** @type {Page} */ page) => page.getByRole("textbox", { name: "Your answer" });
    const other = await page.context().newPage();
    await open(other, one.page);
    await answer(other).fill("// of the other tab");
    await answer(other).blur();
    await assertSoon(async () => assert.equal(await answer(page).inputValue(), "// of the other tab"));
    // One that was not told, as when the browser had put it to sleep.
    await page.evaluate((key) => {
      const entry = JSON.parse(localStorage.getItem(key) ?? "");
      localStorage.setItem(key, JSON.stringify({ ...entry, answer: "// newer" }));
    }, key(one.name));
    await open(page, "habits.html");
    await open(page, one.page);
    assert.equal(await answer(page).inputValue(), "// newer");
    await (await openPanel(page)).getByRole("button", { name: "Reset progress" }).dblclick();
    await open(page, one.page);
    assert.match(await answer(page).inputValue(), /TODO/, "the answer came back after it was forgotten");
  });

  check("Reset progress asks, then forgets this book and no other", {}, async (page) => {
    const entry = { state: "passed", started: "2026-01-02T00:00:00Z", hints: 0 };
    await keep(page, { [key(one.name)]: entry, "galley:Other:there": entry });
    await open(page, one.page);
    const panel = await openPanel(page);
    const reset = panel.getByRole("button", { name: "Reset progress" });
    await reset.click();
    assert.match((await panel.locator(".galley-total").textContent()) ?? "", /^1 of 20/);
    assert.match((await panel.getByRole("status").textContent()) ?? "", /again/);
    await reset.click();
    assert.match((await panel.locator(".galley-total").textContent()) ?? "", /^0 of 20/);
    assert.equal(await page.locator("#mdbook-sidebar [data-galley-progress]").count(), 0);
    const { books } = JSON.parse(await download(page, panel));
    assert.deepEqual([Object.keys(books[title]?.exercises ?? {}), Object.keys(books.Other.exercises)], [[], ["there"]]);
  });

  check("a book that was renamed where it stands takes its progress along", {}, async (page) => {
    await open(page, one.page);
    await page.evaluate((name) => {
      for (const key of Object.keys(localStorage)) if (key.startsWith("galley:@")) localStorage.setItem(key, "galley:Old%20title");
      localStorage.setItem(`galley:Old%20title:${name}`, JSON.stringify({ state: "passed", started: "2026-01-02T00:00:00Z", hints: 0 }));
      const quiz = document.querySelector("fieldset.galley-predict")?.getAttribute("data-quiz");
      localStorage.setItem(`galley:Old%20title:#${quiz}`, JSON.stringify({ state: "passed", started: "2026-01-02T00:00:00Z" }));
    }, one.name);
    await open(page, "habits.html");
    assert.match((await page.getByRole("button", { name: /^Your progress/ }).getAttribute("aria-label")) ?? "", /1 of 17 quizzes answered/);
    assert.equal(await page.locator(`#mdbook-sidebar a[href$="${one.page}"]`).first().getAttribute("data-galley-progress"), "done");
  });

  for (const [what, script] of Object.entries({
    blocked: () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("blocked", "SecurityError"); } }),
    full: () => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; },
  })) {
    check(`storage that is ${what}: the page works, and says that nothing lasts`, {}, async (page) => {
      await page.addInitScript(script);
      await solve(page);
      await page.locator(".galley-toast").getByText(what === "full" ? "is full" : "keeps nothing").waitFor();
      assert.equal(await page.locator(`#mdbook-sidebar a[href$="${one.page}"]`).first().getAttribute("data-galley-progress"), "done");
      await page.locator(".galley-toast").getByRole("button", { name: "OK" }).click();
      const panel = await openPanel(page);
      assert.ok(await panel.locator(".galley-notice").isVisible());
      assert.equal(JSON.parse(await download(page, panel)).books[title].exercises[one.name].state, "passed");
      // mdBook's own scripts write without looking.
    }, { expectErrors: true });
  }

  check("the panel by keyboard alone; mdBook's keys do nothing in it", {}, async (page) => {
    await open(page, one.page);
    await page.getByRole("button", { name: /^Your progress/ }).focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog", { name: "Your progress" });
    await panel.waitFor();
    const address = page.url();
    for (const press of ["ArrowRight", "s", "?"]) await page.keyboard.press(press);
    assert.equal(page.url(), address);
    assert.ok(await panel.isVisible());
    for (let i = 0; i < 10; i++) {
      await page.keyboard.press("Tab");
      // The browser's own bar has its turn too.
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.querySelector("dialog")?.contains(document.activeElement)), "the focus left the dialog");
    }
    await page.keyboard.press("Escape");
    assert.ok(!(await panel.isVisible()));
    assert.match((await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))) ?? "", /^Your progress/);
  });

  if (isThorough) {
    check("axe finds nothing in five themes: examples, edited ones, panel, sidebar", { reducedMotion: "reduce" }, async (page) => {
      await page.addInitScript(AXE);
      await keep(page, {
        [key(one.name)]: { state: "passed", started: "2026-01-02T00:00:00Z", hints: 0 },
        [key("export-a-class")]: { state: "started", started: "2026-01-02T00:00:00Z", hints: 0 },
      });
      await open(page, one.page);
      const figure = page.locator("figure.galley-example:has(.galley-edit)").first();
      await figure.getByRole("button", { name: "Edit" }).click();
      const box = figure.getByRole("textbox");
      await box.fill(`${(await box.inputValue()).replace("= 4;", "= 5;")}\nnull.x;`);
      await figure.getByRole("button", { name: "Run" }).click();
      await figure.locator(".galley-claim-now").first().waitFor();
      await box.press("Tab");
      assert.deepEqual(await axe(page, [["figure.galley-example"], [".galley-progress-button"]]), []);
      const panel = await openPanel(page);
      await panel.getByRole("button", { name: "Reset progress" }).click();
      await panel.locator("h2").hover();
      assert.deepEqual(await axe(page, [[".galley-panel"]]), []);
    });
  }

  for (const [where, dir] of [["320 px", "ltr"], ["320 px, from right to left", "rtl"]]) {
    check(`${where}: panel and page do not scroll sideways`, { viewport: { width: 320, height: 640 } }, async (page) => {
      await open(page, one.page);
      await page.evaluate((dir) => document.documentElement.setAttribute("dir", dir), dir);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
      const panel = await openPanel(page);
      const { scroll, client } = await panel.evaluate((element) => ({ scroll: element.scrollWidth, client: element.clientWidth }));
      assert.ok(scroll <= client, `${scroll} px in ${client}`);
      const code = page.locator(".galley-code").first();
      assert.equal(await code.evaluate((element) => getComputedStyle(element).direction), "ltr");
    });
  }

  check("on paper: no buttons, all outputs, solutions readable", {}, async (page) => {
    await open(page, one.page);
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".galley-run", ".galley-edit", ".galley-check", ".galley-progress-button", ".galley-panel"]) {
      for (const found of await page.locator(hidden).all()) assert.ok(!(await found.isVisible()), `${hidden} is printed`);
    }
    assert.ok(await page.locator(".galley-code").first().isVisible());
    assert.match(await page.locator("section.galley-exercise").first().innerText(), /module\.exports = applySettings;\s[^]*module\.exports = applySettings;/, "the solution is missing");
    const background = await page.locator(".galley-code").first().evaluate((element) => getComputedStyle(element).backgroundColor);
    assert.equal(background, "rgb(255, 255, 255)");
  });

  check("who wants no motion gets none", { reducedMotion: "reduce" }, async (page) => {
    await open(page, one.page);
    const durations = await page.locator(".galley-button").first().evaluate((element) => getComputedStyle(element).transitionDuration);
    assert.equal(durations, "0s");
  });

  check("without JavaScript there is nothing that could not work", { javaScriptEnabled: false }, async (page) => {
    await open(page, one.page);
    assert.equal(await page.locator(".galley-progress-button, .galley-panel, .galley-edit, .galley-copy").count(), 0);
    assert.ok(await page.locator(".galley-code").first().isVisible());
  });
}

/** @param {Page} page @param {Record<string, unknown>} entries there before the page's scripts run, once */
async function keep(page, entries) {
  await page.addInitScript((entries) => {
    if (window !== window.top || sessionStorage.getItem("kept")) return;
    sessionStorage.setItem("kept", "1");
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, JSON.stringify(value));
  }, entries);
}

/** As it is right. @param {Locator} quiz */
async function answerQuiz(quiz) {
  const right = await quiz.locator('[data-option][data-right="true"]').getAttribute("data-option");
  await quiz.locator(`input[value="${right}"]`).check();
  await quiz.getByRole("button", { name: "Check" }).click();
}

/** @param {Page} page @returns {Promise<Locator>} */
async function openPanel(page) {
  await page.getByRole("button", { name: /^Your progress/ }).click();
  const panel = page.getByRole("dialog", { name: "Your progress" });
  await panel.waitFor();
  return panel;
}

/** @param {Locator} panel @param {string} text */
async function take(panel, text) {
  await panel.locator("input[type=file]").setInputFiles({ name: "galley-progress.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await assertSoon(async () => assert.match((await panel.getByRole("status").textContent()) ?? "", /mported/));
}

/** @param {Page} page @param {Locator} panel @returns {Promise<string>} */
async function download(page, panel) {
  const [file] = await Promise.all([page.waitForEvent("download"), panel.getByRole("button", { name: "Export progress" }).click()]);
  assert.equal(file.suggestedFilename(), "galley-progress.json");
  return readFileSync(await file.path(), "utf8");
}
