/** Examples of a built book that a reader edits. */
import assert from "node:assert/strict";
import { inject, run, settled } from "./example.mjs";
import { PATIENCE, assertSoon } from "./soon.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

/** What the examples below are: the build's data for these five lines, with what their run did. */
const CODE = "let total = 1;\ntotal += 2;\ntotal; // => 3\nconsole.log('sum', total); // sum 3\ntotal * 2; // => 6";
const CLAIMS = [
  { statement: 0, comment: "// => 3", kind: "value", throws: false, values: ["3"], prints: [], threw: [] },
  { statement: 1, comment: "// sum 3", kind: "value", throws: false, values: [], prints: ["sum 3"], threw: [] },
  { statement: 2, comment: "// => 6", kind: "value", throws: false, values: ["6"], prints: [], threw: [] },
];

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {(page: Page, name: string) => Promise<void>} needs.open
 * @param {string[]} needs.pages with examples that run
 * @param {boolean} needs.isThorough also what takes long and does not depend on where the book lies
 */
export function tryEditing({ check, open, pages, isThorough }) {
  const [first] = pages;

  // What comes of an edit depends on nothing of where the book lies.
  for (const name of isThorough ? pages : [first]) {
    check(`${name}: opening an editor moves nothing, and code that means the same changes no claim`, {}, async (page) => {
      await open(page, name);
      const edited = await page.evaluate(editEach, PATIENCE);
      assert.ok(edited.length > 0);
      for (const { label, plain, before, after, claims, isCut, found, output } of edited) {
        if (plain) assert.ok(Math.abs(before - after) < 1, `${label}: ${before} px, then ${after}`);
        assert.deepEqual(found.filter(([verdict]) => verdict !== "same"), [], `${label}: ${output}`);
        assert.equal(found.length, isCut ? 0 : claims, label ?? "");
      }
    });
  }

  check("claims are same, changed or gone after an edit", {}, async (page) => {
    const figure = await example(page);
    await edit(figure, CODE.replace("+= 2", "+= 1").replace("total * 2; // => 6", "total * 3; // => 6").replace("total; // => 3\n", "total;\n"));
    await run(figure);
    assert.deepEqual(await claims(figure), ["gone // => 3 not in the code any more", "changed // sum 3 sum 2", "same // => 6 6"]);
    assert.match((await figure.locator(".galley-status").textContent()) ?? "", /something else/);
  });

  check("claims are found again when lines move and others come", {}, async (page) => {
    const figure = await example(page);
    await edit(figure, `// a remark\nconst more = 1; // => 1\n\n${CODE}\nmore; // of mine`);
    await run(figure);
    assert.deepEqual(await claims(figure), ["same // => 3 3", "same // sum 3 sum 3", "same // => 6 6"]);
  });

  check("a statement that does not run any more has a changed claim", {}, async (page) => {
    const figure = await example(page);
    await edit(figure, CODE.replace("total += 2;", "total += 2; throw new Error('enough');"));
    await run(figure);
    assert.deepEqual(await claims(figure), ["changed // => 3 its line did not run", "changed // sum 3 its line did not run", "changed // => 6 its line did not run"]);
    assert.equal(await marked(figure), "total += 2; throw new Error('enough');");
    await code(figure).press("End");
    await code(figure).pressSequentially(" ");
    assert.equal(await marked(figure), null, "the mark stays after a change");
    assert.equal(await code(figure).getAttribute("aria-invalid"), null);
  });

  check("code that does not parse is marked at its line", {}, async (page) => {
    const figure = await example(page);
    await edit(figure, "const a = 1;\nconst b = ;\n");
    await run(figure);
    assert.match((await figure.getByRole("log").textContent()) ?? "", /SyntaxError: .*\n {4}at line 2/);
    assert.equal(await marked(figure), "const b = ;");
    assert.match((await description(figure)) ?? "", /Error in line 2/);
  });

  check("an error is marked in code that was not edited, too", {}, async (page) => {
    const figure = await example(page, "const a = 1;\n\nnull.x;\n", []);
    await run(figure);
    const at = await figure.locator(".galley-code.galley-marked").evaluate((element) => getComputedStyle(element).getPropertyValue("--galley-marked-line"));
    assert.equal(at, "3");
  });

  check("an edit is there after a reload, does not run, and goes by Reset", {}, async (page) => {
    const figure = await example(page);
    await edit(figure, `${CODE}\nconsole.log('mine');`);
    await page.reload();
    await code(figure).waitFor();
    assert.match(await code(figure).inputValue(), /mine/);
    await page.waitForTimeout(300);
    assert.equal(await figure.getByRole("log").textContent(), "", "it ran by itself");
    assert.equal(await page.locator("iframe").count(), 0, "the sandbox was begun");
    await run(figure);
    assert.match((await figure.getByRole("log").textContent()) ?? "", /mine/);
    await figure.getByRole("button", { name: "Reset" }).click();
    assert.equal(await code(figure).count(), 0);
    assert.ok(await figure.getByRole("button", { name: "Edit" }).evaluate((element) => element === document.activeElement), "the focus was lost");
    assert.equal(await figure.getByRole("log").textContent(), "");
    await run(figure);
    assert.equal(await figure.locator(".galley-stdout").textContent(), "sum 3\n");
    await page.reload();
    assert.equal(await code(figure).count(), 0);
  });

  check("another tab follows an edit, and does not lose it", {}, async (page) => {
    const figure = await example(page);
    await edit(figure, "one");
    const other = await page.context().newPage();
    await example(other);
    const there = other.locator("figure.galley-example").first();
    assert.equal(await code(there).inputValue(), "one");
    await code(there).fill("two");
    await assertSoon(async () => assert.equal(await code(figure).inputValue(), "two"));
    await there.getByRole("button", { name: "Reset" }).click();
    await assertSoon(async () => assert.equal(await code(figure).count(), 0));
  });

  check("Copy copies what is there", { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    const figure = await example(page);
    await figure.getByRole("button", { name: "Copy" }).click();
    await assertSoon(async () => assert.equal(await figure.locator(".galley-status").textContent(), "Copied"));
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), CODE);
    await edit(figure, "mine");
    await figure.getByRole("button", { name: "Copy" }).click();
    await assertSoon(async () => assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "mine"));
  }, { alone: true });

  check("by keyboard alone: Edit, indent, undo, run, leave", {}, async (page) => {
    const figure = await example(page, "x", []);
    await figure.getByRole("button", { name: "Edit" }).press("Enter");
    await assertSoon(async () => assert.ok(await code(figure).evaluate((element) => element === document.activeElement)));
    await figure.locator('[data-editor="full"]').waitFor();
    assert.match((await description(figure)) ?? "", /Escape, then Tab/);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("if (true) {");
    await page.keyboard.press("Enter");
    await page.keyboard.type("console.log(1)");
    assert.equal(await code(figure).inputValue(), "if (true) {\n  console.log(1)", "a line in a block is indented");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.type("}");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("q");
    assert.equal(await code(figure).inputValue(), "if (true) {\n  console.log(1)\n}\n  q");
    await page.keyboard.press("Control+Z");
    assert.notEqual(await code(figure).inputValue(), "if (true) {\n  console.log(1)\n}\n  q", "undo did nothing");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("console.log('sum', (1));");
    // The browser tells of a moved cursor once a frame, and nobody types two keys in one.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(await figure.locator(".active-bracket").count(), 0, "there are no brackets around the end");
    await page.keyboard.press("ArrowLeft");
    await assertSoon(async () => assert.equal(await figure.locator(".active-bracket").count(), 2, "the brackets around the cursor are not shown"));
    const address = page.url();
    await page.evaluate(() => document.addEventListener("keydown", () => document.body.setAttribute("data-heard", "")));
    // What mdBook's keys would do: turn the page, search, help.
    for (const key of ["ArrowRight", "ArrowLeft", "s", "/", "?", "Backspace", "Backspace", "Backspace", "End", ";"]) await page.keyboard.press(key);
    assert.equal(page.url(), address);
    assert.equal(await page.locator("body[data-heard]").count(), 0, "keys reach the book's scripts");
    assert.equal(await page.locator("#mdbook-search-wrapper:not(.hidden), #search-wrapper:not(.hidden)").count(), 0);
    await code(figure).evaluate((element) => element.blur());
    await code(figure).focus();
    await page.keyboard.press("Control+Enter");
    await settled(figure);
    assert.match((await figure.getByRole("log").textContent()) ?? "", /sum 1/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Run");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+Tab");
    assert.ok(!(await code(figure).evaluate((element) => element === document.activeElement)), "Shift+Tab does not leave");
  });

  check("where the editor can't be loaded, a plain one does the same", {}, async (page) => {
    await page.route("**/galley/editor.js", (route) => route.abort());
    const figure = await example(page);
    await edit(figure, "const a = 1;\nnull.x;");
    assert.equal(await figure.locator("[data-editor]").count(), 0);
    await code(figure).press("Tab");
    assert.match(await code(figure).inputValue(), / {2}$/);
    assert.equal((await figure.locator(".galley-editor-ink").textContent())?.trim(), "const a = 1;\nnull.x;");
    await run(figure);
    assert.equal(await figure.locator(".galley-editor-area.galley-marked").count(), 1);
    await code(figure).press("Escape");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Run");
  }, { expectErrors: true });

  check("text that is typed while the editor loads is kept", {}, async (page) => {
    /** @type {() => void} */
    let go = () => {};
    const wait = new Promise((resolve) => (go = () => resolve(undefined)));
    await page.route("**/galley/editor.js", async (route) => {
      await wait;
      await route.continue();
    });
    const figure = await example(page);
    await figure.getByRole("button", { name: "Edit" }).click();
    await code(figure).press("Control+Home");
    await page.keyboard.type("let early;");
    assert.equal(await figure.locator('[data-editor="full"]').count(), 0);
    go();
    await figure.locator('[data-editor="full"]').waitFor();
    await page.keyboard.type(" late");
    assert.match(await code(figure).inputValue(), /^let early; late/);
  });

  check("an editor fits into 320 px", { viewport: { width: 320, height: 640 } }, async (page) => {
    const figure = await example(page, `const wide = '${"w".repeat(200)}'; // => 1`, [{ ...CLAIMS[0], comment: "// => 1", values: ["v".repeat(300)] }]);
    await edit(figure, `const wide = '${"w".repeat(300)}'; // => 1\nconsole.log(wide)`);
    await run(figure);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    assert.equal(await figure.locator(".galley-claim-now").count(), 1);
  });

  check("nothing is loaded before a reader acts, and then only what is needed", {}, async (page) => {
    /** @type {string[]} */
    const loaded = [];
    page.on("request", (request) => {
      const name = /\/galley\/(\w+)\.js$/.exec(request.url())?.[1];
      if (name) loaded.push(name);
    });
    for (const name of [...pages, first]) {
      await open(page, name);
      // What the page's script had asked for by itself would have been loaded before the page was.
      assert.deepEqual(loaded, [], name);
    }
    const figure = page.locator("figure.galley-example:has(.galley-edit)").first();
    await figure.getByRole("button", { name: "Edit" }).click();
    await figure.locator('[data-editor="full"]').waitFor();
    assert.deepEqual(loaded, ["editor"]);
  });

  /**
   * The first page with its first example made another one.
   * @param {Page} page
   * @param {string} source
   * @param {unknown[]} claims
   */
  async function example(page, source = CODE, claims = CLAIMS) {
    await inject(page, source, { own: [0, source.length], claims, stdout: source.includes("sum") ? "sum 3\n" : "", watch: [], first_line: 1 });
    await open(page, first);
    return page.locator("figure.galley-example").first();
  }
}

/**
 * Runs in the page, where it takes a tenth of the time: opens each example's editor, adds a line that does nothing, and
 * runs it.
 * @param {number} patience milliseconds for each step
 */
async function editEach(patience) {
  const edited = [];
  for (const figure of document.querySelectorAll("figure.galley-example:has(.galley-edit)")) {
    const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (figure.querySelector(selector));
    const until = (/** @type {() => boolean} */ holds) =>
      new Promise((resolve, reject) => {
        const observer = new MutationObserver(look);
        const timer = setTimeout(() => reject(new Error(`${figure.getAttribute("aria-label")}: not in time: ${holds}`)), patience);
        observer.observe(figure, { subtree: true, childList: true, attributes: true });
        look();
        function look() {
          if (!holds()) return;
          clearTimeout(timer);
          observer.disconnect();
          resolve(undefined);
        }
      });
    const { claims } = JSON.parse(find("script.galley-data").textContent ?? "");
    const plain = !figure.querySelector(".boring") && !find(".galley-code").innerText.startsWith("> ");
    const before = figure.getBoundingClientRect().height;
    find(".galley-edit").click();
    await until(() => find('[data-editor="full"]') !== null);
    const after = figure.getBoundingClientRect().height;
    const textarea = /** @type {HTMLTextAreaElement} */ (find("textarea"));
    textarea.value += "\n;";
    textarea.dispatchEvent(new InputEvent("input", { bubbles: true }));
    find(".galley-run").click();
    await until(() => find(".galley-log").ariaBusy === "false");
    edited.push({
      label: figure.getAttribute("aria-label"),
      plain,
      before,
      after,
      claims: claims.length,
      isCut: figure.querySelector(".galley-end") !== null,
      found: [...figure.querySelectorAll(".galley-claim-now")].map((item) => [item.getAttribute("data-verdict"), item.textContent]),
      output: find(".galley-log").textContent,
    });
  }
  return edited;
}

/** @param {Locator} figure */
const code = (figure) => figure.getByRole("textbox", { name: "Code of the example" });

/** @param {Locator} figure @param {string} text */
async function edit(figure, text) {
  const button = figure.getByRole("button", { name: "Edit" });
  if (await button.isVisible()) await button.click();
  await code(figure).fill(text);
}

/** @param {Locator} figure */
function claims(figure) {
  return figure.locator(".galley-claim-now").evaluateAll((items) => items.map((item) => [...item.children].map((child) => child.textContent).join(" ")));
}

/** @param {Locator} figure @returns {Promise<string | null>} the marked line's text */
async function marked(figure) {
  const line = figure.locator(".pce-line.galley-marked");
  return (await line.count()) === 0 ? null : ((await line.textContent()) ?? "").trim();
}

/** @param {Locator} figure */
function description(figure) {
  return code(figure).evaluate((element) => document.getElementById(element.getAttribute("aria-describedby") ?? "")?.textContent);
}
