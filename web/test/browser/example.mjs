/** An example on a page: a program in its place, its run, what is read of it. */

import { PATIENCE } from "./soon.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

/**
 * Replaces the first program of the page that is opened next, before the page's scripts see it.
 * @param {Page} page
 * @param {string} source
 * @param {object} [more] of the build's data
 */
export async function inject(page, source, more = {}) {
  await page.addInitScript(
    ([source, more, patience]) => {
      if (window !== window.top) return;
      new MutationObserver((_, observer) => {
        const island = document.querySelector("figure.galley-example script.galley-data");
        if (!island?.nextSibling && !island?.parentElement?.nextSibling) return;
        observer.disconnect();
        island.textContent = JSON.stringify({ files: [{ path: "/main.js", source }], entry: "/main.js", kind: "commonjs", time_ms: patience, ...more });
      }).observe(document, { childList: true, subtree: true });
    },
    /** @type {const} */ ([source, more, PATIENCE]),
  );
}

/** @param {Page} page */
export const firstRunnable = (page) => page.locator("figure.galley-example:has(.galley-run)").first();

/** @param {Locator} figure */
export async function run(figure) {
  await figure.getByRole("button", { name: "Run" }).click();
  await settled(figure);
}

/**
 * Waits until the run that was just begun has ended: the log is busy from the click on.
 * @param {Locator} figure
 */
export async function settled(figure) {
  await figure.locator('.galley-log[aria-busy="false"]').waitFor({ state: "attached" });
}

/** @param {Locator} figure */
export const logText = async (figure) => (await figure.getByRole("log", { name: "Output" }).textContent()) ?? "";

/**
 * How many timers the page's own thread runs, at most `wanted`, while the program of an example or an exercise does.
 * @param {Locator} figure
 * @param {number} wanted
 * @returns {Promise<number>}
 */
export function heartbeats(figure, wanted) {
  return figure.evaluate(
    (element, wanted) =>
      new Promise((resolve) => {
        const results = /** @type {HTMLElement} */ (element.querySelector("[aria-busy]"));
        let beats = 0;
        const timer = setInterval(() => {
          if (results.ariaBusy !== "false" && ++beats < wanted) return;
          clearInterval(timer);
          resolve(beats);
        }, 10);
      }),
    wanted,
  );
}
