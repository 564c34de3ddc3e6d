/**
 * Opens a built book in a browser, from the disk and over HTTP, and uses it as a reader would.
 *
 *   node web/test/browser/run.mjs --site DIR [OPTION]...
 *
 * --exercises DIR --report FILE: the book's exercises, and what `check --format json` says of the book; without them
 *   exercises are only looked at
 * --answers DIR: a folder with a folder for each exercise, in it answers with their records; nothing else is tried then
 * --galley BINARY: the command, which writes the progress of a learner in the terminal
 * --only TEXT: what the names of the things to try have to contain
 * --chromium PATH, --shots DIR: pictures
 *
 * Prints a line for each thing tried and "N passed, N failed"; exits with 1 when one failed.
 */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { tryEditing } from "./editing.mjs";
import { tryExercises, tryRecords } from "./exercises.mjs";
import { tryLearning } from "./learning.mjs";
import { findPages } from "./pages.mjs";
import { serve } from "./server.mjs";
import { trySteps } from "./steps.mjs";

const { values: options } = parseArgs({
  options: {
    site: { type: "string" },
    exercises: { type: "string" },
    report: { type: "string" },
    answers: { type: "string" },
    galley: { type: "string" },
    only: { type: "string" },
    shots: { type: "string" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});
if (!options.site) {
  console.error("usage: run.mjs --site DIR [--exercises DIR --report FILE] [--answers DIR] [--galley BINARY] [--only TEXT] [--chromium PATH] [--shots DIR]");
  process.exit(2);
}

const site = path.resolve(options.site);
const pages = findPages(site);
const server = await serve(site);
const browser = await chromium.launch({
  executablePath: options.chromium,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
});

let passed = 0;
let failed = 0;

/** Time for a run to end that is not meant to be stopped. */
const RUN = { timeout: 15_000 };

try {
  if (options.answers) {
    const base = server.url;
    const own = (/** @type {Parameters<typeof tryRecords>[0]["check"]} */ (name, context, body) => check(name, base, context, body));
    await tryRecords({ check: own, open: (page, name) => open(page, base, name), pages: pages.exercises, site, answers: path.resolve(options.answers) });
  } else {
    assert.ok(pages.runnable.length > 0, `no page of ${site} has an example that runs`);
    for (const base of [pathToFileURL(site + path.sep).href, server.url]) await tryBook(base);
  }
  if (options.shots) await shoot(options.shots);
} finally {
  await browser.close();
  await server.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** @param {string} base the book's address, with "/" at its end */
async function tryBook(base) {
  const where = new URL(base).protocol.slice(0, -1);
  const first = pages.runnable[0];

  if (options.exercises && options.report) {
    await tryExercises({
      check: (name, context, body) => check(`${where}: ${name}`, base, context, body),
      open: (page, name) => open(page, base, name),
      heartbeats,
      pages: pages.exercises,
      site,
      sources: path.resolve(options.exercises),
      isThorough: where === "http",
      report: JSON.parse(readFileSync(options.report, "utf8")),
    });
  }

  /** @param {string} part @returns {Parameters<typeof tryEditing>[0]["check"]} */
  const checkOf = (part) => (name, context, body, allow) => check(`${where}: ${part}: ${name}`, base, context, body, allow);
  await tryEditing({ check: checkOf("editing"), open: (page, name) => open(page, base, name), pages: pages.runnable });
  const stepped = pages.all.filter((name) => readFileSync(path.join(site, name), "utf8").includes("galley-step-choice"));
  await trySteps({ check: checkOf("steps"), open: (page, name) => open(page, base, name), pages: stepped });
  if (options.galley && options.exercises) {
    const book = path.dirname(path.resolve(options.exercises));
    await tryLearning({ check: checkOf("progress"), open: (page, name) => open(page, base, name), pages, book, galley: path.resolve(options.galley) });
  }

  for (const name of pages.all) {
    await check(`${where}: ${name} loads without an error and asks for nothing outside the book`, base, {}, (page) =>
      open(page, base, name),
    );
  }

  for (const name of pages.runnable) {
    await check(`${where}: ${name}: each example prints what the verified run printed`, base, {}, async (page) => {
      await open(page, base, name);
      for (const figure of await page.locator("figure.galley-example:has(.galley-run)").all()) {
        const data = JSON.parse((await figure.locator("script.galley-data").textContent()) ?? "");
        await figure.getByRole("button", { name: "Run" }).click();
        await settled(figure);
        const log = figure.getByRole("log", { name: "Output" });
        if (typeof data.stdout === "string") {
          const printed = (await log.locator(".galley-stdout").allTextContents()).join("");
          const label = await figure.getAttribute("aria-label");
          assert.equal(printed, data.stdout, `${label}; all of its output: ${await log.textContent()}`);
        }
      }
    });
  }

  await check(`${where}: Run is reached by Tab and works by Enter`, base, {}, async (page) => {
    await open(page, base, first);
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

  await check(`${where}: an endless loop is stopped by Stop, the page lives, and Run works again`, base, {}, async (page) => {
    await inject(page, "while (true) {}");
    await open(page, base, first);
    const figure = firstRunnable(page);
    await figure.getByRole("button", { name: "Run" }).click();
    await figure.getByRole("button", { name: "Stop" }).waitFor();
    await page.waitForTimeout(500);
    const beats = await heartbeats(page, 500);
    assert.ok(beats > 10, `the page's own thread ran only ${beats} timers in half a second`);
    await figure.getByRole("button", { name: "Stop" }).click();
    await settled(figure);
    assert.equal(await logText(figure), "Stopped.");
    assert.equal(await page.locator("iframe").count(), 0, "the frame is still there");
    await figure.getByRole("button", { name: "Run" }).click();
    await figure.getByRole("button", { name: "Stop" }).waitFor();
  });

  const endless = {
    "a synchronous loop": "while (true) {}",
    "a loop of microtasks": "const again = () => Promise.resolve().then(again); again();",
    "a regular expression": "/(a+)+$/.test('a'.repeat(60) + 'b')",
  };
  for (const [what, source] of Object.entries(endless)) {
    await check(`${where}: ${what} ends at the deadline`, base, {}, async (page) => {
      await inject(page, source);
      await open(page, base, first);
      const figure = firstRunnable(page);
      await figure.getByRole("button", { name: "Run" }).click();
      await settled(figure);
      assert.match((await logText(figure)) ?? "", /not finished after 5 seconds/);
    });
  }

  await check(`${where}: a flood of output is cut`, base, {}, async (page) => {
    await inject(page, "for (let i = 0; ; i++) console.log('flood', i);");
    await open(page, base, first);
    const figure = firstRunnable(page);
    await figure.getByRole("button", { name: "Run" }).click();
    await settled(figure);
    const text = (await logText(figure)) ?? "";
    assert.ok(text.length < 70_000, `${text.length} characters`);
    assert.match(text, /limit of .*output/);
  });

  await check(`${where}: an error nobody catches is shown with its line, and markup stays text`, base, {}, async (page) => {
    await inject(page, "console.log('<img src=x onerror=alert(1)>');\n\nnull.genre;\n");
    await open(page, base, first);
    const figure = firstRunnable(page);
    await figure.getByRole("button", { name: "Run" }).click();
    await settled(figure);
    const text = (await logText(figure)) ?? "";
    assert.match(text, /^<img src=x onerror=alert\(1\)>\n/);
    assert.match(text, /TypeError: .*\n {4}at line 3$/);
    assert.equal(await figure.locator("img").count(), 0);
  });

  await check(`${where}: a program reaches neither the page nor the network`, base, {}, async (page) => {
    const seen = server.requests("/leak");
    const leak = JSON.stringify(`${server.url}leak`);
    await inject(
      page,
      `console.log([typeof fetch, typeof XMLHttpRequest, typeof WebSocket, typeof postMessage, typeof importScripts,
        typeof self, typeof indexedDB, typeof navigator, typeof location, typeof Worker].join());
      const global = Function("return this")();
      console.log(typeof global.fetch, typeof global.constructor.prototype.fetch);
      import(${leak}).then(() => console.log("leaked"), () => console.log("refused"));`,
    );
    await open(page, base, first);
    const figure = firstRunnable(page);
    await figure.getByRole("button", { name: "Run" }).click();
    await settled(figure);
    const text = (await figure.locator(".galley-stdout").allTextContents()).join("");
    assert.match(text, new RegExp(`^${Array(10).fill("undefined").join()}\nundefined undefined\n`));
    assert.doesNotMatch(text, /leaked/);
    assert.equal(server.requests("/leak"), seen, "a request went out");
  }, { expectErrors: true });

  for (const name of pages.galley) {
    await check(`${where}: ${name} has no horizontal scroll at 320 px`, base, { viewport: { width: 320, height: 640 } }, async (page) => {
      await open(page, base, name);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `it is ${width} px wide`);
    });
  }

  await check(`${where}: without JavaScript code, badges, hints and solutions are readable`, base, { javaScriptEnabled: false }, async (page) => {
    await open(page, base, first);
    const figure = page.locator("figure.galley-example").first();
    assert.ok(await figure.locator(".galley-code").isVisible());
    assert.ok(await figure.locator(".galley-badge").isVisible());
    assert.equal(await page.locator(".galley-run").count(), 0);
    for (const name of pages.exercises) {
      await open(page, base, name);
      for (const details of await page.locator("section.galley-exercise details").all()) {
        const body = details.locator(".galley-details-body");
        assert.equal(await body.isVisible(), false, "it is open from the start");
        await details.locator("summary").click();
        assert.ok(await body.isVisible());
        assert.notEqual((await body.innerText()).trim(), "");
      }
    }
  });

  await check(`${where}: a sandbox that cannot be loaded is told in words`, base, {}, async (page) => {
    await page.route("**/galley/sandbox.js", (route) => route.abort());
    await open(page, base, first);
    const figure = firstRunnable(page);
    await figure.getByRole("button", { name: "Run" }).click();
    await settled(figure);
    assert.match((await logText(figure)) ?? "", /could not be loaded/);
  }, { expectErrors: true });

  if (where === "http") await tryPolicies(base, first);

  if (pages.print) {
    await check(`${where}: the page for printing has no buttons of ours`, base, {}, async (page) => {
      await page.addInitScript(() => (window.print = () => {}));
      await open(page, base, "print.html");
      assert.ok((await page.locator("figure.galley-example").count()) > 0);
      assert.equal(await page.locator(".galley-run").count(), 0);
    });
  }
}

/**
 * The sandbox's frame inherits the policy of the site that the book is on.
 * @param {string} base
 * @param {string} name
 */
async function tryPolicies(base, name) {
  const policies = [
    { policy: "script-src 'self' 'unsafe-inline'", runs: false },
    { policy: "script-src 'self' 'unsafe-inline'; worker-src blob:", runs: false },
    { policy: "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:", runs: true },
  ];
  for (const { policy, runs } of policies) {
    await check(`http: under "${policy}" it ${runs ? "runs" : "says why it cannot run"}`, base, {}, async (page) => {
      await page.route(new URL(name, base).href, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
      });
      await inject(page, "console.log('it runs')");
      await open(page, base, name);
      const figure = firstRunnable(page);
      await figure.getByRole("button", { name: "Run" }).click();
      await settled(figure);
      assert.match((await logText(figure)) ?? "", runs ? /^it runs\n$/ : /Content-Security-Policy/);
    }, { expectErrors: !runs });
  }
}

/**
 * Tries one thing on a page of its own, and holds it to what every page must do: no error, no request to others.
 * @param {string} name
 * @param {string} base
 * @param {import("playwright-core").BrowserContextOptions} context
 * @param {(page: import("playwright-core").Page) => Promise<unknown>} body
 * @param {{ expectErrors?: boolean }} [allow] expectErrors: the browser itself reports what it refuses
 */
async function check(name, base, context, body, { expectErrors = false } = {}) {
  if (options.only && !name.includes(options.only)) return;
  const opened = await browser.newContext(context);
  const page = await opened.newPage();
  /** @type {string[]} */
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(data|blob|about):/.test(url)) wrong.push(`request: ${url}`);
  });
  try {
    await body(page);
    if (!expectErrors) assert.deepEqual(wrong, []);
    passed++;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed++;
    const message = error instanceof Error ? error.message : String(error);
    console.log(`FAIL ${name}\n${message.slice(0, 1500).replace(/^/gm, "     ")}`);
  } finally {
    await opened.close();
  }
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} base
 * @param {string} name
 */
async function open(page, base, name) {
  await page.goto(new URL(name, base).href, { waitUntil: "load" });
}

/**
 * Replaces the first program of the page that is opened next, before the page's scripts see it.
 * @param {import("playwright-core").Page} page
 * @param {string} source
 */
async function inject(page, source) {
  await page.addInitScript((text) => {
    if (window !== window.top) return;
    new MutationObserver((_, observer) => {
      const island = document.querySelector("figure.galley-example script.galley-data");
      if (!island?.nextSibling && !island?.parentElement?.nextSibling) return;
      observer.disconnect();
      island.textContent = JSON.stringify({ files: [{ path: "/main.js", source: text }], entry: "/main.js", kind: "commonjs" });
    }).observe(document, { childList: true, subtree: true });
  }, source);
}

/** @param {import("playwright-core").Page} page */
function firstRunnable(page) {
  return page.locator("figure.galley-example:has(.galley-run)").first();
}

/**
 * Waits until the run that was just begun has ended: the log is busy from the click on.
 * @param {import("playwright-core").Locator} figure
 */
async function settled(figure) {
  await figure.locator('.galley-log[aria-busy="false"]').waitFor({ state: "attached", ...RUN });
}

/** @param {import("playwright-core").Locator} figure */
function logText(figure) {
  return figure.getByRole("log", { name: "Output" }).textContent();
}

/**
 * @param {import("playwright-core").Page} page
 * @param {number} milliseconds
 * @returns {Promise<number>} how many timers of 10 ms the page's thread ran in that time
 */
function heartbeats(page, milliseconds) {
  return page.evaluate(
    (time) =>
      new Promise((resolve) => {
        let beats = 0;
        const timer = setInterval(() => beats++, 10);
        setTimeout(() => (clearInterval(timer), resolve(beats)), time);
      }),
    milliseconds,
  );
}

/**
 * Pictures for people to look at: the first page with examples and the first with an exercise.
 * @param {string} folder
 */
async function shoot(folder) {
  mkdirSync(folder, { recursive: true });
  for (const theme of ["light", "navy", "ayu"]) {
    for (const width of [1100, 320]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.addInitScript((name) => {
        if (window !== window.top) return;
        localStorage.setItem("mdbook-theme", name);
        localStorage.setItem("mdbook-sidebar", "hidden");
      }, theme);
      for (const name of new Set([pages.runnable[0], pages.exercises[0]])) {
        if (!name) continue;
        await open(page, server.url, name);
        const run = page.getByRole("button", { name: "Run" });
        if ((await run.count()) > 0) {
          await run.first().click();
          await settled(firstRunnable(page));
        }
        await page.screenshot({ path: path.join(folder, `${name.replace(/\W+/g, "-")}-${theme}-${width}.png`), fullPage: true });
      }
      await context.close();
    }
  }
}
