/** What axe finds wrong for readers who do not see the page, or not well. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The script, to be run in the page before. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const THEMES = ["light", "rust", "coal", "navy", "ayu"];

/**
 * Looks at a part of the page in each of mdBook's themes.
 * @param {import("playwright-core").Page} page
 * @param {string[][]} include
 * @returns {Promise<string[]>}
 */
export function axe(page, include) {
  return page.evaluate(
    async ({ include, themes }) => {
      const found = [];
      for (const theme of themes) {
        document.getElementById(`mdbook-theme-${theme}`)?.click();
        if (!document.documentElement.classList.contains(theme)) throw new Error(`the theme ${theme} could not be chosen`);
        // The theme's own style sheet may have to be loaded first.
        const isLoading = () => [...document.querySelectorAll("link")].some((link) => link.rel === "stylesheet" && !link.disabled && !link.sheet);
        while (isLoading()) await new Promise((resolve) => setTimeout(resolve, 10));
        const { violations } = await /** @type {any} */ (window).axe.run({ include }, { preload: false });
        for (const { id, nodes } of violations) for (const node of nodes) found.push(`${theme}: ${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`);
      }
      return found;
    },
    { include, themes: THEMES },
  );
}
