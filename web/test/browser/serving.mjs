/**
 * `mdbook-galley serve` on a book of its own, in a browser: saves files as an author does, and looks at what the page comes
 * to.
 *
 *   node web/test/browser/serving.mjs --galley BINARY [--chromium PATH]
 *
 * Prints a line for each thing tried and "N passed, N failed"; exits with 1 when one failed.
 */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { PATIENCE, assertSoon } from "./soon.mjs";
import { startServe } from "./serve-process.mjs";

const { values: options } = parseArgs({
  options: { galley: { type: "string" }, chromium: { type: "string", default: "/usr/bin/chromium" } },
});
if (!options.galley) {
  console.error("usage: serving.mjs --galley BINARY [--chromium PATH]");
  process.exit(2);
}

const BOOK = {
  "book.toml": '[book]\ntitle = "Served"\nsrc = "book"\n\n[build]\nbuild-dir = "site"\n\n[preprocessor.galley]\nbefore = ["links"]\n',
  "book/SUMMARY.md": "# Summary\n\n- [One](one.md)\n- [Two](part/two.md)\n",
  "book/one.md": "# One\n\nThe first text.\n\n```js\n1 + 1; // => 2\n```\n\n{{#exercise double}}\n",
  "book/part/two.md": "# Two\n\nThe other page.\n",
  "exercises/double/exercise.md": "# Double\n\nDouble it.\n",
  "exercises/double/starter.js": "module.exports = (n) => n;\n",
  "exercises/double/solution.js": "module.exports = (n) => n * 2;\n",
  "exercises/double/test.js":
    "const test = require('node:test');\nconst assert = require('node:assert');\nconst double = require('./answer.js');\n\ntest('doubles', () => assert.equal(double(4), 8));\n",
};

const root = await mkdtemp(path.join(tmpdir(), "galley-serving-"));
const write = async (/** @type {string} */ name, /** @type {string} */ text) => {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
};
for (const [name, text] of Object.entries(BOOK)) await write(name, text);

let passed = 0;
let failed = 0;
let server = await startServe(options.galley, root, { cache: path.join(root, "target/cache") });
const browser = await chromium.launch({ executablePath: options.chromium, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
page.setDefaultTimeout(PATIENCE);
const main = page.locator("main");
const overlay = page.getByRole("alert", { name: "The book was not built" });

try {
  await open(server.url);
  await attempt("the book is shown", () => sees("The first text."));

  await attempt("a saved chapter is shown", async () => {
    await write("book/one.md", BOOK["book/one.md"].replace("first", "second"));
    await sees("The second text.");
  });

  await attempt("search and print follow, for the page that is open, which is not loaded again for it", async () => {
    await page.evaluate(() => Object.assign(window, { isSame: true }));
    const follow = () => page.evaluate(async () => {
      const search = /** @type {any} */ (window).path_to_searchindex_js;
      const texts = [search, "print.html"].map(async (url) => (await fetch(url, { cache: "no-store" })).text());
      return (await Promise.all(texts)).map((text) => text.includes("second text"));
    });
    await assertSoon(async () => assert.deepEqual(await follow(), [true, true]));
    assert.ok(await page.evaluate(() => "isSame" in window));
  });

  await attempt("what is not true is shown over the page, which is as it was", async () => {
    await write("book/one.md", BOOK["book/one.md"].replace("first", "third").replace("=> 2", "=> 3"));
    await overlay.waitFor();
    const told = await overlay.textContent();
    for (const part of ["book/one.md:6:14", "1 + 1; // => 3", "The site was not built"]) assert.ok(told?.includes(part), `${part} in: ${told}`);
    await sees("The second text.");
  });

  await attempt("so it is on a page that is opened then", async () => {
    await open(`${server.url}part/two.html`);
    await overlay.waitFor();
    await sees("The other page.");
  });

  await attempt("the overlay can be closed by keyboard, and says the new problem of the next save", async () => {
    await overlay.getByRole("button", { name: "Close" }).press("Escape");
    await overlay.waitFor({ state: "detached" });
    await write("book/one.md", BOOK["book/one.md"].replace("=> 2", "=> 4"));
    await overlay.filter({ hasText: "=> 4" }).waitFor();
  });

  await attempt("a broken book.toml is one more problem", async () => {
    await write("book.toml", `${BOOK["book.toml"]}timeout = "long"\n`);
    await overlay.filter({ hasText: "timeout" }).waitFor();
    await write("book.toml", BOOK["book.toml"]);
    await overlay.filter({ hasText: "=> 4" }).waitFor();
  });

  await attempt("mended, the overlay goes and the page is the new one", async () => {
    await open(server.url);
    await write("book/one.md", BOOK["book/one.md"].replace("first", "fourth"));
    await sees("The fourth text.");
    await overlay.waitFor({ state: "detached" });
  });

  await attempt("an exercise's file counts: a solution that fails is told", async () => {
    await write("exercises/double/solution.js", "module.exports = (n) => n + 2;\n");
    await overlay.filter({ hasText: "doubles" }).waitFor();
    await write("exercises/double/solution.js", BOOK["exercises/double/solution.js"]);
    await overlay.waitFor({ state: "detached" });
  });

  await attempt("the exercise on the page is the new one", async () => {
    await write("exercises/double/exercise.md", "# Double\n\nTwice as much, please.\n");
    await sees("Twice as much, please.");
  });

  await attempt("a look of the book's own counts", async () => {
    await write("theme/galley/galley.css", "main { letter-spacing: 7px; }\n");
    await page.waitForFunction(() => getComputedStyle(/** @type {Element} */ (document.querySelector("main"))).letterSpacing === "7px");
    await rm(path.join(root, "theme"), { recursive: true });
  });

  await attempt("a new chapter in a new folder is there when the summary names it, and saved again shown again", async () => {
    await write("book/new/three.md", "# Three\n\nA new page.\n");
    await write("book/SUMMARY.md", `${BOOK["book/SUMMARY.md"]}- [Three](new/three.md)\n`);
    await page.locator("a", { hasText: "Three" }).first().waitFor({ state: "attached" });
    await open(`${server.url}new/three.html`);
    await sees("A new page.");
    await write("book/new/three.md", "# Three\n\nA newer page.\n");
    await sees("A newer page.");
  });

  await attempt("a file that takes another's place, as editors save, counts", async () => {
    await write("book/new/.three.md.swp", "# Three\n\nThe newest page.\n");
    await rename(path.join(root, "book/new/.three.md.swp"), path.join(root, "book/new/three.md"));
    await sees("The newest page.");
  });

  await attempt("the site itself knows nothing of the server, and has pages, files and a 404 page over it", async () => {
    const { readFile } = await import("node:fs/promises");
    assert.ok(!(await readFile(path.join(root, "site/index.html"), "utf8")).includes("live.js"));
    const of = async (/** @type {string} */ url) => {
      const response = await fetch(new URL(url, server.url));
      return [response.status, response.headers.get("content-type")];
    };
    assert.deepEqual(await of("new/three.html"), [200, "text/html; charset=utf-8"]);
    assert.deepEqual(await of("galley/sandbox.js"), [200, "text/javascript; charset=utf-8"]);
    assert.deepEqual(await of("none.html"), [404, "text/html; charset=utf-8"]);
    assert.deepEqual(await of("..%2fbook.toml"), [404, "text/html; charset=utf-8"]);
  });

  await attempt("a page that was left open is shown anew by a server that was started again", async () => {
    const { port } = new URL(server.url);
    await server.stop();
    await write("book/new/three.md", "# Three\n\nAfter the pause.\n");
    server = await startServe(/** @type {string} */ (options.galley), root, { port, cache: path.join(root, "target/cache") });
    await sees("After the pause.");
  });
} finally {
  await browser.close();
  await server.stop();
  await rm(root, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** The page may be loading itself anew just then. @param {string} url */
async function open(url) {
  for (let left = 5; ; left--) {
    try {
      return await page.goto(url);
    } catch (error) {
      if (left === 0) throw error;
      await page.waitForLoadState("load");
    }
  }
}

/** @param {string} text */
async function sees(text) {
  await main.filter({ hasText: text }).waitFor();
}

/** @param {string} name @param {() => Promise<void>} body */
async function attempt(name, body) {
  try {
    await body();
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n${error instanceof Error ? error.stack : error}\n${server.said().split("\n").slice(-30).join("\n")}`);
  }
}
