// How long it takes from a saved chapter to the page that shows it, with `mdbook-galley serve` on a generated book of 100
// chapters with ten examples each, in Chromium.
//
//   cargo build --release && (cd web && npm ci --ignore-scripts)
//   node scripts/serve.mjs [--chapters 100] [--saves 21] [--binary PATH] [--chromium PATH]
//
// Each save changes a sentence and an example of one chapter; the clock runs from before the file is written until the
// page's `load` event with the new sentence in it. Printed are the median and the slowest, and the share of the build.

import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "../web/node_modules/playwright-core/index.mjs";
import { startServe } from "../web/test/browser/serve-process.mjs";

const { values: options } = parseArgs({
  options: {
    chapters: { type: "string", default: "100" },
    saves: { type: "string", default: "21" },
    binary: { type: "string", default: path.join(import.meta.dirname, "../target/release/mdbook-galley") },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});

const folder = await mkdtemp(path.join(tmpdir(), "galley-serve-"));
const book = path.join(folder, "book");
const generate = [path.join(import.meta.dirname, "measure.py"), "--n", String(Number(options.chapters) * 10), "--keep", book];
execFileSync("python3", [...generate, "--binary", options.binary]);
const server = await startServe(options.binary, book, { cache: path.join(folder, "cache") });
const browser = await chromium.launch({ executablePath: options.chromium, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage();
  /** @type {(text: string) => void} */
  let shown = () => {};
  await page.exposeBinding("galleyShown", (_, text) => shown(text));
  await page.addInitScript("addEventListener('load', () => galleyShown(document.querySelector('main').textContent))");
  const chapter = Math.ceil(Number(options.chapters) / 2);
  const file = path.join(book, `src/chapter-${chapter}.md`);
  const text = await readFile(file, "utf8");
  await page.goto(`${server.url}chapter-${chapter}.html`);

  const times = [];
  for (let save = 1; save <= Number(options.saves); save++) {
    const loaded = new Promise((resolve) => {
      shown = (text) => text.includes(`save number ${save}.`) && resolve(undefined);
    });
    const started = performance.now();
    await writeFile(file, `${text}\nThis is save number ${save}.\n\n\`\`\`js\n${save} * 2; // => ${save * 2}\n\`\`\`\n`);
    await loaded;
    times.push(performance.now() - started);
    // A pause, as between two thoughts of an author.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const builds = [...server.said().matchAll(/^built in ([\d.]+) s$/gm)].slice(1).map((match) => Number(match[1]) * 1000);

  const row = (/** @type {string} */ name, /** @type {number[]} */ all) => {
    all.sort((a, b) => a - b);
    console.log(`${name.padEnd(28)} median ${all[all.length >> 1].toFixed(0)} ms, slowest ${all[all.length - 1].toFixed(0)} ms`);
  };
  console.log(`${options.chapters} chapters, ${times.length} saves, ${builds.length} builds`);
  row("saved to shown", times);
  row("of it the build", builds);
} finally {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
