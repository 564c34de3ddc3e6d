/**
 * One example: the Run button, the words beside it and the output below. What runs the code is the sandbox's
 * business (sandbox/frame.js), how a run reads on the page is output.js's.
 */
import { readExample } from "./data.js";
import { createOutput } from "./output.js";
import { run } from "./sandbox/frame.js";
import { loadSandbox } from "./sandbox/load.js";

/**
 * A run that ends sooner than this never shows the button "Stop": the label would only flicker, and the second
 * half of a double click would stop what the first began.
 */
const STOP_APPEARS_AFTER = 150;

/** @param {HTMLElement} figure */
export function hydrateExample(figure) {
  const data = readExample(figure);
  if (!data || figure.querySelector(".galley-run")) return;

  const button = element("button", "galley-button galley-run");
  button.type = "button";
  const status = element("span", "galley-status");
  const bar = element("div", "galley-bar");
  bar.append(button, status);
  const log = element("div", "galley-log");
  log.setAttribute("role", "log");
  log.setAttribute("aria-live", "polite");
  log.setAttribute("aria-label", "Output");

  const foot = figure.querySelector(".galley-foot");
  if (foot) foot.prepend(bar);
  else figure.append(bar);
  (foot ?? bar).after(log);

  /** @type {AbortController | null} */
  let running = null;
  showState("idle");

  button.addEventListener("click", () => {
    if (!running) void start();
    else if (button.dataset.state === "running") running.abort();
  });
  figure.addEventListener("keydown", keepFromBook);

  async function start() {
    if (!data) return;
    const controller = (running = new AbortController());
    const output = createOutput(log, data);
    status.textContent = "";
    log.setAttribute("aria-busy", "true");
    const appears = setTimeout(() => showState("running"), STOP_APPEARS_AFTER);
    try {
      const text = await loadSandbox();
      const { ended } = await run(text, data.program, {
        onPrint: output.print,
        onThrew: output.threw,
        onRestart: output.clear,
        signal: controller.signal,
      });
      status.textContent = output.end(ended);
    } catch (error) {
      status.textContent = output.end({ type: "blocked", reason: error instanceof Error ? error.message : String(error) });
    } finally {
      clearTimeout(appears);
      running = null;
      showState("idle");
    }
  }

  /** @param {"idle" | "running"} state */
  function showState(state) {
    button.dataset.state = state;
    button.textContent = state === "running" ? "Stop" : "Run";
    if (state === "idle") log.setAttribute("aria-busy", "false");
  }
}

/**
 * mdBook turns the page at the arrow keys wherever the focus is; inside code and output they scroll.
 * @param {KeyboardEvent} event
 */
function keepFromBook(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (event.key.startsWith("Arrow") && target?.closest("pre, .galley-log")) event.stopPropagation();
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} className
 */
function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
