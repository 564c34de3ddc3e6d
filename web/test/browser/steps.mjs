/** Pictures of a run's objects: stepping through them, with and without the page's script, and those of edited code. */
import assert from "node:assert/strict";

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {(page: Page, name: string) => Promise<void>} needs.open
 * @param {string[]} needs.pages with steps
 */
export function trySteps({ check, open, pages }) {
  const [first] = pages;
  if (first === undefined) return;

  check("buttons, slider and arrow keys turn the steps, and no page", {}, async (page) => {
    await open(page, first);
    const steps = stepper(page);
    const count = Number(await steps.getAttribute("data-count"));
    const address = page.url();
    const at = async () => Number((await steps.locator(".galley-step-count").textContent())?.split(" / ")[0]);
    assert.equal(await steps.locator(".galley-picture:visible").count(), 1);
    await steps.getByRole("button", { name: "Next" }).click();
    assert.equal(await at(), 2);
    assert.match((await steps.getByRole("status").textContent()) ?? "", new RegExp(`^Step 2 of ${count}`));
    await page.keyboard.press("ArrowLeft");
    assert.equal(await at(), 1);
    assert.ok(await steps.getByRole("button", { name: "Back" }).isDisabled());
    await steps.getByRole("slider", { name: "Step" }).focus();
    for (let step = 1; step <= count; step++) await page.keyboard.press("ArrowRight");
    assert.equal(await at(), count);
    assert.equal(await steps.locator(".galley-picture:visible").count(), 1);
    assert.equal(page.url(), address);
  });

  check("without the page's script a choice shows each step", { javaScriptEnabled: false }, async (page) => {
    await open(page, first);
    const steps = stepper(page);
    const choice = steps.getByRole("radio", { name: /^Step 2 of/ });
    await choice.check();
    assert.equal(await steps.locator(".galley-picture:visible").count(), 1);
    assert.match((await steps.locator(".galley-picture:visible").getAttribute("aria-label")) ?? "", /^Step 2 of/);
  });

  check("every step is printed", {}, async (page) => {
    await open(page, first);
    await page.emulateMedia({ media: "print" });
    const steps = stepper(page);
    assert.equal(await steps.locator(".galley-picture:visible").count(), Number(await steps.getAttribute("data-count")));
  });

  check("edited code has steps of its own", {}, async (page) => {
    await open(page, first);
    const figure = page.locator("figure.galley-example:has(.galley-step-choice)").first();
    await figure.getByRole("button", { name: "Edit" }).click();
    await figure.getByRole("textbox").fill("const a = ['<b>'];\nconst b = a;\nb.push('{{x}}');");
    await figure.getByRole("button", { name: "Step", exact: true }).click();
    const drawn = figure.locator(".galley-edited-steps .galley-steps");
    await drawn.waitFor();
    assert.equal(await drawn.getAttribute("data-count"), "3");
    await drawn.getByRole("slider").fill("3");
    assert.match((await drawn.locator(".galley-picture:visible").getAttribute("aria-label")) ?? "", /b → the same object as a;.* a\[0\] is '<b>'; a\[1\] is '\{\{x\}\}'/);
    assert.equal(await figure.locator(".galley-picture:visible").count(), 1, "those of the author's text are away");
    await figure.getByRole("textbox").fill("console.log(Function.prototype.toString.call(() => 1));");
    await figure.getByRole("button", { name: "Step", exact: true }).click();
    await figure.getByText("prints something else when its steps are told").waitFor();
    assert.equal(await figure.locator(".galley-picture:visible").count(), 0);
  });
}

/** The first figure that has several. @param {Page} page */
const stepper = (page) => page.locator(".galley-steps:has(.galley-step-choice)").first();
