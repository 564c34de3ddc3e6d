/** The list of what was verified: with and without its parts open, narrow, on paper, and for those who hear it. */
import assert from "node:assert/strict";
import { AXE, axe } from "./axe.mjs";

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {(page: Page, name: string) => Promise<void>} needs.open
 * @param {string[]} needs.pages with such a list
 * @param {boolean} needs.isThorough
 */
export function tryVerification({ check, open, pages, isThorough }) {
  for (const name of pages) {
    for (const dir of ["ltr", "rtl"]) {
      check(`${name}: with all its parts open it fits into 320 px, ${dir}`, { viewport: { width: 320, height: 640 } }, async (page) => {
        await open(page, name);
        await page.evaluate((dir) => document.documentElement.setAttribute("dir", dir), dir);
        assert.ok((await openParts(page)) > 0);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
        // Nor does a cell hide what is in it.
        const wide = await page.evaluate(() =>
          [...document.querySelectorAll(".galley-table")].filter((table) => table.getBoundingClientRect().width > innerWidth).map((table) => table.className),
        );
        assert.deepEqual(wide, []);
      });
    }

    check(`${name}: without JavaScript its parts can be opened and its links lead to examples`, { javaScriptEnabled: false }, async (page) => {
      await open(page, name);
      const part = page.locator("details.galley-part").first();
      const row = part.getByRole("link", { name: "Example 1", exact: true });
      assert.ok(!(await row.isVisible()));
      await part.locator("summary").click();
      await row.click();
      await page.locator("figure#galley-example-1").waitFor();
      assert.ok(await page.locator("figure#galley-example-1:target").isVisible());
    });

    check(`${name}: on paper its parts are open`, {}, async (page) => {
      await open(page, name);
      const row = page.locator(".galley-part tbody tr").last();
      assert.ok(!(await row.isVisible()));
      await page.emulateMedia({ media: "print" });
      assert.ok(await row.isVisible());
    });

    if (!isThorough) continue;
    check(`${name}: axe finds nothing in any theme`, { reducedMotion: "reduce" }, async (page) => {
      await page.addInitScript(AXE);
      await open(page, name);
      // What is in the others is of the same kinds, and to look at each takes its time.
      await openParts(page, 3);
      assert.deepEqual(await axe(page, [["section.galley-verification"]]), []);
    });
  }
}

/** @param {Page} page @param {number} [most] @returns {Promise<number>} how many are open */
function openParts(page, most = Infinity) {
  return page.evaluate((most) => {
    const parts = [...document.querySelectorAll("details.galley-part")].slice(0, most);
    for (const part of parts) part.setAttribute("open", "");
    return parts.length;
  }, most);
}
