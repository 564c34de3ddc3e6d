/** Pictures of the files that an example loads: for readers with a small page, with keys alone, and without sight. */
import assert from "node:assert/strict";
import { AXE, axe } from "./axe.mjs";

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {(page: import("playwright-core").Page, name: string) => Promise<void>} needs.open
 * @param {string[]} needs.pages with such pictures
 * @param {boolean} needs.isThorough
 */
export function tryModules({ check, open, pages, isThorough }) {
  const [first] = pages;
  if (first === undefined) return;

  check("one that is too wide scrolls by keys, and no page is turned", { viewport: { width: 320, height: 700 } }, async (page) => {
    await open(page, first);
    const address = page.url();
    const scroll = page.locator("figure.galley-modules > .galley-scroll").first();
    await scroll.focus();
    for (let press = 0; press < 3; press++) await page.keyboard.press("ArrowRight");
    await page.waitForFunction((element) => element instanceof Element && element.scrollLeft > 0, await scroll.elementHandle());
    assert.equal(page.url(), address);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, "the page itself does not scroll");
  });

  check("its files are a list in their order, without the page's script too", { javaScriptEnabled: false }, async (page) => {
    await open(page, first);
    const figure = page.locator("figure.galley-modules").first();
    const numbers = await figure.locator(".g-file:has(.g-order)").evaluateAll((boxes) =>
      boxes.map((box) => `${box.querySelector(".g-order")?.getAttribute("data-v")} ${box.getAttribute("data-t")}`).sort(),
    );
    const told = await figure.getByRole("list").first().getByRole("listitem").evaluateAll((items) => items.map((item, at) => `${at + 1} ${item.querySelector("code")?.textContent}`));
    assert.ok(told.length > 1);
    assert.deepEqual(numbers, told);
  });

  if (isThorough) {
    check("axe finds nothing in five themes", { viewport: { width: 320, height: 700 } }, async (page) => {
      await page.addInitScript(AXE);
      await open(page, first);
      assert.deepEqual(await axe(page, [["figure.galley-modules"]]), []);
    });
  }
}
