/**
 * The things to try, several at a time. Each gets a context of its own, so that none sees what another one keeps, and
 * each page is held to what every page must do: no error, no request to others.
 */
import assert from "node:assert/strict";
import { PATIENCE } from "./soon.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").BrowserContextOptions} ContextOptions */

/**
 * @typedef {object} Allow
 * @property {boolean} [expectErrors] The browser itself reports what it refuses.
 * @property {boolean} [alone] Nothing else is tried meanwhile: it measures time, or uses what a machine has once.
 */

/** @typedef {(name: string, context: ContextOptions, body: (page: Page) => Promise<unknown>, allow?: Allow) => void} Check */
/** @typedef {{ name: string, base: string, context: ContextOptions, body: (page: Page) => Promise<unknown>, allow: Allow }} Spec */

/**
 * @param {import("playwright-core").Browser} browser
 * @param {(name: string) => boolean} isWanted
 */
export function createSpecs(browser, isWanted) {
  /** @type {Spec[]} */
  const specs = [];
  return {
    /**
     * @param {string} base the book's address, with "/" at its end
     * @param {string} prefix of the names
     * @returns {Check} adds a thing to try
     */
    at: (base, prefix) => (name, context, body, allow = {}) => {
      const spec = { name: prefix + name, base, context, body, allow };
      if (isWanted(spec.name)) specs.push(spec);
    },

    /**
     * @param {number} jobs how many at a time
     * @returns {Promise<{ passed: number, failures: string[] }>} the failures as they were told
     */
    async run(jobs) {
      let passed = 0;
      /** @type {string[]} */
      const failures = [];
      const take = async (/** @type {Spec[]} */ specs) => {
        for (let spec = specs.shift(); spec; spec = specs.shift()) {
          const failure = await attempt(browser, spec);
          if (failure === null) passed++;
          else failures.push(failure);
        }
      };
      const shared = specs.filter(({ allow }) => !allow.alone);
      await Promise.all(Array.from({ length: jobs }, () => take(shared)));
      await take(specs.filter(({ allow }) => allow.alone));
      return { passed, failures };
    },
  };
}

/** @param {import("playwright-core").Browser} browser @param {Spec} spec @returns {Promise<string | null>} null: it holds */
async function attempt(browser, { name, base, context, body, allow }) {
  const began = performance.now();
  const time = () => `(${Math.round(performance.now() - began)} ms)`;
  const opened = await browser.newContext(context);
  opened.setDefaultTimeout(PATIENCE);
  /** @type {string[]} */
  const wrong = [];
  // The sandbox asks for rejections by making one. Firefox tells of it although it is handled.
  const told = browser.browserType().name() === "firefox" ? "Object" : null;
  opened.on("weberror", (error) => {
    if (error.error().message !== told) wrong.push(`error: ${error.error().message}`);
  });
  opened.on("console", (message) => {
    if (message.type() === "error") wrong.push(`console: ${message.text()}`);
  });
  opened.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(data|blob|about):/.test(url)) wrong.push(`request: ${url}`);
  });
  try {
    await body(await opened.newPage());
    if (!allow.expectErrors) assert.deepEqual(wrong, []);
    console.log(`ok   ${name} ${time()}`);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const failure = `FAIL ${name} ${time()}\n${message.slice(0, 1500).replace(/^/gm, "     ")}`;
    console.log(failure);
    return failure;
  } finally {
    await opened.close();
  }
}
