/**
 * The things to try, several at a time. Each gets a context of its own, so that none sees what another one keeps, and
 * each page is held to what every page must do: no error, no request to others.
 */
import assert from "node:assert/strict";

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

    /** @param {number} jobs how many at a time */
    async run(jobs) {
      const counts = { passed: 0, failed: 0 };
      const isAlone = (/** @type {Spec} */ { allow }) => Boolean(allow.alone);
      const left = specs.filter((spec) => !isAlone(spec));
      /** What failed beside others, on a busy machine perhaps for want of time, is tried once more by itself. @type {Spec[]} */
      const again = [];
      const take = async () => {
        for (let spec = left.shift(); spec; spec = left.shift()) {
          if (await holds(browser, spec)) counts.passed++;
          else again.push(spec);
        }
      };
      await Promise.all(Array.from({ length: jobs }, take));
      for (const spec of [...again, ...specs.filter(isAlone)]) counts[(await holds(browser, spec)) ? "passed" : "failed"]++;
      return counts;
    },
  };
}

/** @param {import("playwright-core").Browser} browser @param {Spec} spec @returns {Promise<boolean>} */
async function holds(browser, { name, base, context, body, allow }) {
  const began = performance.now();
  const time = () => `(${Math.round(performance.now() - began)} ms)`;
  const opened = await browser.newContext(context);
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
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.log(`FAIL ${name} ${time()}\n${message.slice(0, 1500).replace(/^/gm, "     ")}`);
    return false;
  } finally {
    await opened.close();
  }
}
