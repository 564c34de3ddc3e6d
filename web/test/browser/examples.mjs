/** Examples of a built book: run, stopped, and read where they can't run. */
import assert from "node:assert/strict";
import { firstRunnable, heartbeats, inject, logText, run, settled } from "./example.mjs";
import { PATIENCE, assertSoon } from "./soon.mjs";

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {(page: Page, name: string) => Promise<void>} needs.open
 * @param {import("./pages.mjs").Pages} needs.pages
 * @param {boolean} needs.isThorough also what takes long and does not depend on where the book lies
 */
export function tryExamples({ check, open, pages, isThorough }) {
  const [first] = pages.runnable;
  /** @param {Page} page @param {string} source */
  const example = async (page, source, more = {}) => {
    await inject(page, source, more);
    await open(page, first);
    return firstRunnable(page);
  };

  for (const name of pages.all) {
    check(`${name} loads without an error, asks for nothing outside the book, and fits into 320 px`, {}, async (page) => {
      await open(page, name);
      assert.equal(await page.getByRole("button", { name: /^Your progress/ }).count(), 1);
      await page.setViewportSize({ width: 320, height: 640 });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320 || !pages.galley.includes(name), `it is ${width} px wide`);
    });
  }

  for (const name of pages.runnable) {
    check(`${name}: each example prints what the verified run printed`, {}, async (page) => {
      await open(page, name);
      for (const { label, stdout, printed, output } of await page.evaluate(runEach, PATIENCE)) {
        if (typeof stdout === "string") assert.equal(printed, stdout, `${label}; all of its output: ${output}`);
      }
    });
  }

  check("Run is reached by Tab and works by Enter", {}, async (page) => {
    await open(page, first);
    let focused = false;
    for (let i = 0; i < 300 && !focused; i++) {
      await page.keyboard.press("Tab");
      focused = await page.evaluate(() => document.activeElement?.matches(".galley-run") ?? false);
    }
    assert.ok(focused, "300 Tabs did not reach it");
    await page.keyboard.press("Enter");
    const figure = page.locator("figure.galley-example:has(.galley-run:focus)");
    await settled(figure);
    assert.notEqual((await figure.textContent())?.trim(), "");
    assert.ok(await figure.evaluate((element) => element.contains(document.activeElement)), "the focus was lost");
  });

  check("an endless loop is stopped by Stop, the page lives, and Run works again", {}, async (page) => {
    const figure = await example(page, "console.log('begun'); while (true) {}");
    await figure.getByRole("button", { name: "Run" }).click();
    await figure.locator(".galley-stdout").waitFor();
    assert.equal(await heartbeats(figure, 20), 20, "the page's own thread stood still");
    await figure.getByRole("button", { name: "Stop" }).click();
    await settled(figure);
    assert.equal(await logText(figure), "begun\nStopped.");
    assert.equal(await page.locator("iframe").count(), 0, "the frame is still there");
    await figure.getByRole("button", { name: "Run" }).click();
    await figure.getByRole("button", { name: "Stop" }).waitFor();
  });

  const endless = {
    "a synchronous loop": { source: "while (true) {}", seconds: 5 },
    "a loop whose author gave it more time": { source: "while (true) {}", seconds: 20 },
    "a loop of microtasks": { source: "const again = () => Promise.resolve().then(again); again();", seconds: 5 },
    "a regular expression": { source: "/(a+)+$/.test('a'.repeat(60) + 'b')", seconds: 5 },
  };
  for (const [what, { source, seconds }] of Object.entries(endless)) {
    check(`${what} ends at the deadline`, {}, async (page) => {
      // The page's clock is turned by hand: five seconds of such programs would keep others from the processor.
      await page.clock.install({ time: 0 });
      const time_ms = seconds === 5 ? null : seconds * 1000;
      const figure = await example(page, `console.log('begun');\n${source}`, { time_ms });
      await page.clock.pauseAt(1_000_000);
      await figure.getByRole("button", { name: "Run" }).click();
      await figure.locator(".galley-stdout").waitFor();
      await page.clock.fastForward(seconds * 1000 - 100);
      assert.equal(await logText(figure), "begun\n");
      await page.clock.fastForward(200);
      await settled(figure);
      assert.ok((await logText(figure)).includes(`not finished after ${seconds} seconds`), await logText(figure));
      assert.equal(await page.locator("iframe").count(), 0, "the frame is still there");
    });
  }

  const bombs = {
    numbers: "const all = []; for (;;) all.push(new Array(100_000).fill(1.5));",
    text: "let text = 'x'; for (;;) text += text;",
  };
  for (const [what, source] of Object.entries(bombs)) {
    check(`a program that fills the memory with ${what} comes to an end, and the page and what was typed live`, {}, async (page) => {
      const figure = await example(page, "1;\n", { own: [0, 3], claims: [], time_ms: null });
      await figure.getByRole("button", { name: "Edit" }).click();
      await figure.getByRole("textbox").fill(source);
      // The driver takes the end of the frame's process for the end of the page, and does not speak to it any more: the page
      // writes down how it fared, and another one reads it.
      const other = await page.context().newPage();
      await open(other, first);
      await page.evaluate(runTwice);
      let fared = "null";
      await assertSoon(async () => {
        fared = (await other.evaluate(() => localStorage.getItem("fared"))) ?? "null";
        assert.notEqual(fared, "null", "the page is dead");
      });
      const { ended, beats, text, again } = JSON.parse(fared);
      assert.notEqual(ended, "");
      assert.ok(beats > 5, "the page's own thread stood still");
      assert.equal(text, source);
      assert.equal(again, "again\n");
    }, { expectErrors: true });
  }

  check("a flood of output is cut", {}, async (page) => {
    const figure = await example(page, "for (let i = 0; ; i++) console.log('flood', i);");
    await run(figure);
    const text = await logText(figure);
    assert.ok(text.length < 70_000, `${text.length} characters`);
    assert.match(text, /limit of .*output/);
  });

  check("an error nobody catches is shown with its line, and markup stays text", {}, async (page) => {
    const figure = await example(page, "console.log('<img src=x onerror=alert(1)>');\n\nnull.genre;\n");
    await run(figure);
    const text = await logText(figure);
    assert.match(text, /^<img src=x onerror=alert\(1\)>\n/);
    assert.match(text, /TypeError: .*\n {4}at line 3$/);
    assert.equal(await figure.locator("img").count(), 0);
  });

  check("without JavaScript code, badges, hints and solutions are readable", { javaScriptEnabled: false }, async (page) => {
    await open(page, first);
    const figure = page.locator("figure.galley-example").first();
    assert.ok(await figure.locator(".galley-code").isVisible());
    assert.ok(await figure.locator(".galley-badge").isVisible());
    assert.equal(await page.locator(".galley-run").count(), 0);
    for (const name of isThorough ? pages.exercises : pages.exercises.slice(0, 1)) {
      await open(page, name);
      const all = page.locator("section.galley-exercise details");
      /** @param {boolean} open */
      const assertBodies = async (open) => {
        const bodies = await all.locator(".galley-details-body").evaluateAll((bodies) =>
          bodies.map((body) => ({ shown: body.checkVisibility({ contentVisibilityAuto: true }), text: /** @type {HTMLElement} */ (body).innerText.trim() })),
        );
        assert.ok(bodies.length > 0);
        for (const { shown, text } of bodies) assert.ok(shown === open && (text !== "" || !open), `${name}: ${shown}, ${text}`);
      };
      await assertBodies(false);
      for (const summary of await all.locator("summary").all()) await summary.press("Enter");
      await assertBodies(true);
    }
  });

  check("a sandbox that cannot be loaded is told in words", {}, async (page) => {
    await page.route("**/galley/sandbox.js", (route) => route.abort());
    await open(page, first);
    const figure = firstRunnable(page);
    await run(figure);
    assert.match(await logText(figure), /could not be loaded/);
  }, { expectErrors: true });

  if (pages.print) {
    check("the page for printing has no buttons of ours", {}, async (page) => {
      await page.addInitScript(() => (window.print = () => {}));
      await open(page, "print.html");
      assert.ok((await page.locator("figure.galley-example").count()) > 0);
      assert.equal(await page.locator(".galley-run").count(), 0);
    });
  }
}

/** Runs in the page: what is in its first editor, then something that works. Writes down how the page fared. */
function runTwice() {
  const figure = /** @type {Element} */ (document.querySelector("figure.galley-example:has(textarea)"));
  const textarea = /** @type {HTMLTextAreaElement} */ (figure.querySelector("textarea"));
  const log = /** @type {HTMLElement} */ (figure.querySelector(".galley-log"));
  const run = async () => {
    /** @type {HTMLElement} */ (figure.querySelector(".galley-run")).click();
    while (log.ariaBusy !== "false") await new Promise((resolve) => setTimeout(resolve, 10));
    return log.textContent ?? "";
  };
  void (async () => {
    let beats = 0;
    const timer = setInterval(() => beats++, 10);
    const ended = await run();
    clearInterval(timer);
    const text = textarea.value;
    textarea.value = "console.log('again')";
    textarea.dispatchEvent(new InputEvent("input", { bubbles: true }));
    localStorage.setItem("fared", JSON.stringify({ ended, beats, text, again: await run() }));
  })();
}

/** Runs in the page, where it takes a tenth of the time: runs each example. @param {number} patience milliseconds for each */
async function runEach(patience) {
  const ran = [];
  for (const figure of document.querySelectorAll("figure.galley-example:has(.galley-run)")) {
    const log = /** @type {HTMLElement} */ (figure.querySelector(".galley-log"));
    const label = figure.getAttribute("aria-label");
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${label} has not ended`)), patience);
      const observer = new MutationObserver(() => {
        if (log.ariaBusy !== "false") return;
        clearTimeout(timer);
        observer.disconnect();
        resolve(undefined);
      });
      /** @type {HTMLElement} */ (figure.querySelector(".galley-run")).click();
      observer.observe(log, { attributes: true });
    });
    const { stdout } = JSON.parse(figure.querySelector("script.galley-data")?.textContent ?? "");
    ran.push({ label, stdout, printed: [...log.querySelectorAll(".galley-stdout")].map((piece) => piece.textContent).join(""), output: log.textContent });
  }
  return ran;
}
