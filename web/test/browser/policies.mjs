/** A book on a site that has a Content-Security-Policy: the sandbox's frame inherits it. */
import assert from "node:assert/strict";
import { firstRunnable, inject, logText, run } from "./example.mjs";

const POLICIES = [
  { policy: "script-src 'self' 'unsafe-inline'", runs: false },
  { policy: "script-src 'self' 'unsafe-inline'; worker-src blob:", runs: false },
  { policy: "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:", runs: true },
];

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {(page: import("playwright-core").Page, name: string) => Promise<void>} needs.open
 * @param {string} needs.base
 * @param {string} needs.name of a page with an example
 */
export function tryPolicies({ check, open, base, name }) {
  for (const { policy, runs } of POLICIES) {
    check(`under "${policy}" it ${runs ? "runs" : "says why it cannot run"}`, {}, async (page) => {
      await page.route(new URL(name, base).href, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
      });
      await inject(page, "console.log('it runs')");
      await open(page, name);
      const figure = firstRunnable(page);
      await run(figure);
      assert.match(await logText(figure), runs ? /^it runs\n$/ : /Content-Security-Policy/);
    }, { expectErrors: !runs });
  }
}
