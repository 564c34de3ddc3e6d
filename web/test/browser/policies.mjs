/** A book on a site that has a Content-Security-Policy: the sandbox's frame inherits it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { firstRunnable, inject, logText, run } from "./example.mjs";

/** All of a book works under it; the README has the same. */
const ENOUGH =
  "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'";

const POLICIES = [
  { policy: "script-src 'self' 'unsafe-inline'", runs: false },
  { policy: "script-src 'self' 'unsafe-inline'; worker-src blob:", runs: false },
  { policy: "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:", runs: true },
];

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {(page: import("playwright-core").Page, name: string) => Promise<void>} needs.open
 * @param {string} needs.name of a page with an example
 * @param {{ name: string, page: string, solution: string }} needs.exercise
 */
export function tryPolicies({ check, open, name, exercise }) {
  /** @param {import("playwright-core").Page} page @param {string} policy */
  const impose = (page, policy) =>
    page.route(/\.html$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
    });

  check("under the policy that the README names all of a book works, and nothing is refused", {}, async (page) => {
    assert.ok(readFileSync(new URL("../../../README.md", import.meta.url), "utf8").includes(ENOUGH), "the README has another one");
    await impose(page, ENOUGH);
    await open(page, exercise.page);
    const section = page.locator(`section[data-exercise="${exercise.name}"]`);
    await section.getByRole("textbox", { name: "Your answer" }).fill(exercise.solution);
    await section.getByRole("button", { name: "Check" }).click();
    await section.locator('.galley-results[data-outcome="passed"]').waitFor();
    const figure = firstRunnable(page);
    await figure.getByRole("button", { name: "Edit" }).click();
    await figure.locator('[data-editor="full"]').waitFor();
    await figure.getByRole("textbox").fill("console.log('it runs')");
    await run(figure);
    assert.equal(await figure.locator(".galley-stdout").textContent(), "it runs\n");
    await page.getByRole("button", { name: "Copy" }).first().click();
    await page.locator("#mdbook-search-toggle").click();
    await page.locator("#mdbook-searchbar").pressSequentially("exports");
    await page.locator("#mdbook-searchresults a").first().waitFor();
  });

  for (const { policy, runs } of POLICIES) {
    check(`under "${policy}" it ${runs ? "runs" : "says why it cannot run"}`, {}, async (page) => {
      await impose(page, policy);
      await inject(page, "console.log('it runs')");
      await open(page, name);
      const figure = firstRunnable(page);
      await run(figure);
      assert.match(await logText(figure), runs ? /^it runs\n$/ : /Content-Security-Policy/);
    }, { expectErrors: !runs });
  }
}
