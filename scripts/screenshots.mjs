// Pictures of what a reader sees, of this repository's book in Chromium.
//
//   node scripts/screenshots.mjs INTO [--site DIR] [--format webp|png] [--only NAME] [--chromium PATH]
//
// The book has to be built before (cargo run --release -- build). Those that the README shows lie in .github/images, and are
// made by
//
//   node scripts/screenshots.mjs .github/images --only chapter --only example-edited --only exercise-fails --only progress --only chapter-dark

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { launch } from "../web/test/browser/chromium.mjs";
import { serve } from "../web/test/browser/server.mjs";

const root = path.join(import.meta.dirname, "..");
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    site: { type: "string", default: path.join(root, "site") },
    format: { type: "string", default: "webp" },
    only: { type: "string", multiple: true, default: [] },
    chromium: { type: "string" },
  },
});
const [into] = positionals;
if (!into || !["webp", "png"].includes(options.format)) {
  console.error("usage: node scripts/screenshots.mjs INTO [--site DIR] [--format webp|png] [--only NAME]... [--chromium PATH]");
  process.exit(2);
}

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

/**
 * @typedef {object} Picture
 * @property {string} name
 * @property {string} page
 * @property {(page: Page) => Promise<Locator | null>} act what the reader does; gives what is shown, null: all that is in sight
 * @property {string} [theme]
 * @property {number} [width]
 * @property {number} [height]
 * @property {"rtl"} [dir]
 * @property {"print"} [media]
 * @property {number} [most] of its height, from the top
 */

const [WITH_CLAIMS, WITH_EXERCISE] = ["introduction.html", "variables-and-values.html"];
const LIST = "verification.html";
const PHONE = { width: 320, height: 700 };

/** @type {Picture[]} */
const PICTURES = [
  { name: "chapter", page: WITH_CLAIMS, act: inSight },
  { name: "chapter-dark", page: WITH_CLAIMS, theme: "navy", act: inSight },
  { name: "chapter-phone", page: WITH_CLAIMS, ...PHONE, act: inSight },
  { name: "chapter-rtl", page: WITH_CLAIMS, dir: "rtl", act: inSight },
  { name: "chapter-print", page: WITH_EXERCISE, media: "print", act: async (page) => page.locator("section.galley-exercise").first() },
  { name: "example-verified", page: WITH_CLAIMS, act: async (page) => example(page) },
  { name: "example-run", page: WITH_CLAIMS, act: (page) => run(example(page)) },
  { name: "example-edited", page: WITH_CLAIMS, act: edited },
  { name: "example-edited-dark", page: WITH_CLAIMS, theme: "coal", act: edited },
  { name: "example-edited-phone", page: WITH_CLAIMS, ...PHONE, act: edited },
  { name: "exercise-fails", page: WITH_EXERCISE, most: 608, act: async (page) => (await check(page, "wrong")).locator(".galley-answer") },
  { name: "exercise-fails-whole", page: WITH_EXERCISE, act: (page) => check(page, "wrong") },
  { name: "exercise-fails-phone", page: WITH_EXERCISE, ...PHONE, act: (page) => check(page, "wrong") },
  { name: "exercise-passes", page: WITH_EXERCISE, act: (page) => check(page, "solution") },
  { name: "exercise-passes-dark", page: WITH_EXERCISE, theme: "ayu", act: (page) => check(page, "solution") },
  { name: "verification", page: LIST, most: 1500, act: listed },
  { name: "verification-wide", page: LIST, width: 1000, most: 1500, act: listed },
  { name: "verification-dark", page: LIST, theme: "navy", width: 1000, most: 1500, act: listed },
  { name: "verification-phone", page: LIST, ...PHONE, most: 2400, act: listed },
  { name: "verification-phone-dark", page: LIST, ...PHONE, theme: "ayu", most: 2400, act: listed },
  { name: "verification-print", page: LIST, media: "print", most: 1500, act: async (page) => page.locator("main") },
  { name: "progress", page: WITH_EXERCISE, height: 760, act: panel },
  { name: "progress-phone", page: WITH_EXERCISE, ...PHONE, act: panel },
];

const server = await serve(path.resolve(options.site));
const browser = await launch(options.chromium);
mkdirSync(into, { recursive: true });
let bytes = 0;
try {
  for (const picture of PICTURES) {
    if (options.only.length > 0 && !options.only.includes(picture.name)) continue;
    const image = await take(picture);
    const file = path.join(into, `${picture.name}.${options.format}`);
    writeFileSync(file, image);
    bytes += image.length;
    console.log(`${file}  ${(image.length / 1000).toFixed(1)} kB`);
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`${(bytes / 1000).toFixed(1)} kB`);

/** @param {Picture} picture @returns {Promise<Buffer>} */
async function take({ page: file, act, theme = "light", width = 900, height = 700, dir, media, most }) {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.addInitScript((theme) => {
    if (window !== window.top) return;
    localStorage.setItem("mdbook-theme", theme);
    localStorage.setItem("mdbook-sidebar", "hidden");
  }, theme);
  await page.goto(server.url + file, { waitUntil: "load" });
  if (dir) await page.evaluate((dir) => document.documentElement.setAttribute("dir", dir), dir);
  if (media) await page.emulateMedia({ media });
  const shown = await act(page);
  // It stays in sight wherever one scrolls, and would lie across what is higher than the window.
  if (shown) await page.addStyleTag({ content: "#mdbook-menu-bar, #menu-bar { display: none }" });
  await shown?.scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
  const box = await shown?.boundingBox();
  const scroll = await page.evaluate(() => [scrollX, scrollY]);
  const margin = 12;
  const clip = box
    ? { x: Math.max(box.x + scroll[0] - margin, 0), y: box.y + scroll[1] - margin, width: Math.min(box.width + 2 * margin, width), height: most ?? box.height + 2 * margin, scale: 2 }
    : { x: scroll[0], y: scroll[1], width, height, scale: 2 };
  const session = await context.newCDPSession(page);
  const format = /** @type {"webp" | "png"} */ (options.format);
  const quality = format === "webp" ? { quality: 80 } : {};
  const { data } = await session.send("Page.captureScreenshot", { format, clip, captureBeyondViewport: true, ...quality });
  await context.close();
  return Buffer.from(data, "base64");
}

/** @param {Page} page */
function example(page) {
  return page.locator("figure.galley-example:has(.galley-edit)", { hasText: "Blue Monday" }).first();
}

/** @param {Locator} figure */
async function run(figure) {
  await figure.locator(".galley-run").click();
  await figure.locator('.galley-log[aria-busy="false"]').waitFor({ state: "attached" });
  return figure;
}

/** @param {Page} page */
async function inSight(page) {
  const figure = await run(example(page));
  await figure.evaluate((element) => element.scrollIntoView({ block: "center" }));
  return null;
}

/** A value is changed, and the example run again. @param {Page} page */
async function edited(page) {
  const figure = example(page);
  await figure.locator(".galley-edit").click();
  await figure.locator('[data-editor="full"]').waitFor();
  const code = figure.getByRole("textbox");
  await code.fill((await code.inputValue()).replace("'Blue Monday'", "'Blue Tuesday'"));
  await page.keyboard.press("Control+Home");
  return run(figure);
}

/** @param {Page} page @param {"solution" | "wrong"} what */
async function check(page, what) {
  const section = page.locator("section.galley-exercise").first();
  const { name, wrong } = JSON.parse((await section.locator(":scope > script.galley-data").textContent()) ?? "");
  const file = what === "solution" ? "solution.js" : `wrong/${wrong[0].name}.js`;
  const text = readFileSync(path.join(root, "exercises", name, file), "utf8").replace(/^\/\/.*\n/gm, "").trim();
  await section.getByRole("textbox", { name: "Your answer" }).fill(text);
  await section.getByRole("button", { name: "Check" }).click();
  await section.locator('.galley-results[aria-busy="false"]').waitFor({ state: "attached", timeout: 20_000 });
  return section;
}

/** One part is unfolded. @param {Page} page */
async function listed(page) {
  await page.locator("details.galley-part > summary").first().click();
  return page.locator("main");
}

/** @param {Page} page */
async function panel(page) {
  await check(page, "solution");
  await page.getByRole("button", { name: /^Your progress/ }).click();
  await page.getByRole("dialog", { name: "Your progress" }).waitFor();
  return null;
}
