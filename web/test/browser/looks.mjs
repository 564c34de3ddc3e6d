/** A page while it is made: what a reader looks at stays where it is when the page's script comes. */
import assert from "node:assert/strict";

/** Of the score of a shift. The icons in the bar make room for one more, which is below it. */
const LEAST = 0.0001;

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {string} needs.base
 * @param {string[]} needs.pages with examples or exercises
 */
export function tryLooks({ check, base, pages }) {
  for (const [name, width] of pages.flatMap((name) => /** @type {[string, number][]} */ ([[name, 1000], [name, 320]]))) {
    check(`${name}: nothing moves when the page's script comes, ${width} px`, { viewport: { width, height: 20_000 } }, async (page) => {
      // It comes late, as over a slow line: the page has been seen without it.
      /** @type {() => void} */
      let come = () => {};
      const wait = new Promise((resolve) => (come = () => resolve(undefined)));
      await page.route(/\/galley-[^/]*\.js$/, async (route) => {
        await wait;
        await route.continue();
      });
      await page.addInitScript((LEAST) => {
        if (window !== window.top) return;
        /** @type {any} */ (window).shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { value, sources } = /** @type {any} */ (entry);
            const moved = sources.map((/** @type {any} */ { node, previousRect, currentRect }) => `${node?.nodeName}.${node?.className} ${previousRect.top} → ${currentRect.top}`);
            if (value >= LEAST) /** @type {any} */ (window).shifts.push(`${value.toFixed(4)}: ${moved.join(", ")}`);
          }
        }).observe({ type: "layout-shift", buffered: true });
      }, LEAST);
      await page.goto(new URL(name, base).href, { waitUntil: "commit" });
      await page.waitForFunction(() => [...document.scripts].some((script) => /galley-[^/]*\.js$/.test(script.src)));
      // When the fonts of mdBook come is not our script's matter.
      await page.evaluate(() => Promise.all([...document.fonts].map((font) => font.load())));
      const before = await boxes(page);
      await page.evaluate(() => void (/** @type {any} */ (window).shifts.length = 0));
      come();
      await page.locator(".galley-run, .galley-check").first().waitFor();
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const after = await boxes(page);
      assert.deepEqual(after.filter((box, at) => box !== before[at]).slice(0, 3), before.filter((box, at) => box !== after[at]).slice(0, 3));
      assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).shifts), []);
    });
  }
}

/** Where the blocks of the text and our widgets are. @param {import("playwright-core").Page} page */
function boxes(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("main > *, .galley-example .galley-code")].map((element) => {
      const { top, height } = element.getBoundingClientRect();
      return `${element.nodeName}.${element.className} at ${Math.round(top)}, ${Math.round(height)} high`;
    }),
  );
}
