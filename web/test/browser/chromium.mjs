/** Chromium, without what it would do by itself. */
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

/** The shell opens no windows, of which the whole browser draws one for each context, and takes a quarter of the time. */
const PATHS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** @param {string} [executablePath] */
export function launch(executablePath = PATHS.find((path) => existsSync(path))) {
  if (!executablePath) throw new Error(`there is no ${PATHS.join(", ")}: name one by --chromium`);
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  // The browser gives a sandboxed frame a process of its own; its shell does only when it is told to.
  const isolated = ["--site-per-process", "--enable-features=IsolateSandboxedIframes"];
  // No program of a test needs more, and one that fills the memory is to meet its end before the machine does.
  const capped = "--js-flags=--max-old-space-size=256";
  return chromium.launch({ executablePath, args: [...quiet, ...isolated, capped] });
}
