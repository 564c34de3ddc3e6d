/**
 * One example: its buttons, the words beside them and the output below. What runs the code is the sandbox's business
 * (sandbox/frame.js), how a run reads on the page is output.js's, how claims do after an edit claims.js's.
 * Nothing runs before the reader asks for it; what the reader wrote is there again after a reload, but not run.
 */
import { createClaims } from "./claims.js";
import { readExample } from "./data.js";
import { createEditor, loadEditor } from "./editor.js";
import { element } from "./element.js";
import { bookRoot, loadScript } from "./load.js";
import { createOutput, lineOf } from "./output.js";
import { editOf, saveEdit, subscribe } from "./progress.js";
import { run } from "./sandbox/frame.js";
import { loadSandbox } from "./sandbox/load.js";
import { hydrateStepper } from "./stepper.js";

/**
 * A run that ends sooner than this never shows the button "Stop": the label would only flicker, and the second
 * half of a double click would stop what the first began.
 */
const STOP_APPEARS_AFTER = 150;

/** After the last key, until the text is saved. */
const SAVED_AFTER = 400;

/** What was not seen after these has not come about; after others it may be that the sandbox was in the way. */
const CAME_TO_AN_END = new Set(["completed", "threw", "exited", "unsettled"]);

/** How often a text of an example stands on this page, so far. @type {Map<string, number>} */
const counts = new Map();

/** @param {HTMLElement} figure */
export function hydrateExample(figure) {
  const data = readExample(figure);
  const pre = figure.querySelector(".galley-pre");
  if (!data || !(pre instanceof HTMLElement) || figure.querySelector(".galley-run")) return;
  const code = pre.querySelector("code");

  const button = control("Run", "galley-run", pressRun);
  const edit = control("Edit", "galley-edit", () => void startEditing());
  const reset = control("Reset", "galley-reset", pressReset);
  const copy = control("Copy", "galley-copy", () => void copyText());
  const step = control("Step", "galley-step-through", () => void (running ?? start(true)));
  reset.hidden = true;
  step.hidden = true;
  const pictures = element("div", "galley-edited-steps");
  const status = element("span", "galley-status");
  status.setAttribute("role", "status");
  const bar = element("div", "galley-bar");
  bar.append(button, ...(data.own ? [step, edit, reset] : []), copy, status);
  const log = element("div", "galley-log");
  log.setAttribute("role", "log");
  log.setAttribute("aria-live", "polite");
  log.setAttribute("aria-label", "Output");
  const claims = createClaims();

  const foot = figure.querySelector(".galley-foot");
  if (foot) foot.prepend(bar);
  else figure.append(bar);
  (foot ?? bar).after(log, claims.element);
  figure.dataset.live = "";

  /** @type {AbortController | null} */
  let running = null;
  /** @type {import("./editor.js").Editor | null} */
  let editor = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saving;
  /** The reader has changed the text since it was saved. */
  let typed = false;
  const original = data.own ? data.own.text : (code?.textContent ?? "");
  const id = idOf(original);
  showState("idle");

  figure.addEventListener("keydown", keepFromBook);
  for (const type of ["pointerenter", "focus"]) edit.addEventListener(type, () => void loadEditor(), { once: true });
  addEventListener("pagehide", save);
  subscribe(({ name, elsewhere }) => {
    if (elsewhere && !typed && (name === id || name === null)) takeSaved();
  });
  if (data.own) takeSaved();

  function pressRun() {
    if (!running) void start();
    else if (button.dataset.state === "running") running.abort();
  }

  /** @param {boolean} [steps] and show them */
  async function start(steps = false) {
    if (!data) return;
    const controller = (running = new AbortController());
    save();
    const text = editor?.text() ?? original;
    const edited = text !== original;
    const program = edited ? withText(text) : data.program;
    const output = createOutput(log, data, edited);
    let printed = "";
    pictures.replaceChildren();
    status.textContent = "";
    claims.clear();
    markLine(null);
    log.setAttribute("aria-busy", "true");
    const appears = setTimeout(() => showState("running"), STOP_APPEARS_AFTER);
    try {
      const worker = await loadSandbox();
      const { ended } = await run(worker, program, {
        onPrint(print) {
          printed += print.text;
          output.print(print);
        },
        onThrew: output.threw,
        onRestart: () => {
          printed = "";
          output.clear();
          claims.clear();
        },
        onSeen: claims.see,
        signal: controller.signal,
        endWithin: data.time,
      });
      status.textContent = output.end(ended);
      markLine("error" in ended ? lineOf(ended.error, data) : null);
      if (edited && CAME_TO_AN_END.has(ended.type)) claims.show(data.claims);
      if (steps && CAME_TO_AN_END.has(ended.type)) await showSteps(worker, program, { printed, ended, signal: controller.signal, endWithin: data.time });
    } catch (error) {
      status.textContent = output.end({ type: "blocked", reason: error instanceof Error ? error.message : String(error) });
    } finally {
      clearTimeout(appears);
      running = null;
      showState("idle");
    }
  }

  /**
   * @param {string} worker
   * @param {import("./data.js").ProgramData} program
   * @param {{ printed: string, ended: import("./sandbox/frame.js").Ended, signal: AbortSignal, endWithin: number }} plain
   */
  async function showSteps(worker, program, plain) {
    await loadScript("galley/drawing.js");
    const drawSteps = /** @type {NonNullable<typeof galleyDrawing>} */ (globalThis.galleyDrawing);
    const drawn = await drawSteps(run, worker, program, { ...plain, from: data?.firstLine ?? 1 });
    if ("reason" in drawn) {
      status.textContent = drawn.reason;
      return;
    }
    pictures.innerHTML = drawn.html;
    status.textContent = drawn.note;
    const steps = pictures.firstElementChild;
    if (steps instanceof HTMLElement) hydrateStepper(steps);
  }

  /** The program with the reader's text in the place of the author's. @param {string} text */
  function withText(text) {
    const { program, own, claims } = /** @type {import("./data.js").ExampleData} */ (data);
    const files = program.files.map((file) => {
      if (file.path !== program.entry || !own) return file;
      return { ...file, source: file.source.slice(0, own.start) + text + file.source.slice(own.end) };
    });
    const source = program.files.find((file) => file.path === program.entry)?.source ?? "";
    return { ...program, files, edited: { original: source, start: own?.start ?? 0, claims } };
  }

  async function startEditing() {
    // Coloured from the start, if that takes no longer than a blink.
    await Promise.race([loadEditor(), new Promise((resolve) => setTimeout(resolve, 300))]);
    openEditor(original);
    editor?.focus();
  }

  /** @param {string} text */
  function openEditor(text) {
    if (editor || !(pre instanceof HTMLElement)) return;
    const host = element("div", "galley-edited-code");
    pre.before(host);
    editor = createEditor(host, { text, label: "Code of the example", coloured: code, lazy: false, onChange: changed, onSubmit: () => running ?? start() });
    pre.hidden = true;
    edit.hidden = true;
    step.hidden = false;
    host.after(pictures);
    reset.hidden = false;
    showEdited();
  }

  function pressReset() {
    running?.abort();
    saveEdit(id, null);
    closeEditor();
    edit.focus();
  }

  function closeEditor() {
    clearTimeout(saving);
    editor?.element.parentElement?.remove();
    editor?.destroy();
    editor = null;
    if (pre instanceof HTMLElement) pre.hidden = false;
    edit.hidden = false;
    step.hidden = true;
    pictures.replaceChildren();
    pictures.remove();
    reset.hidden = true;
    log.replaceChildren();
    status.textContent = "";
    claims.clear();
    showEdited();
  }

  /** What was saved before, or by another tab. */
  function takeSaved() {
    const saved = editOf(id);
    if (saved === null) return void (editor && editor.text() !== original && closeEditor());
    if (editor) editor.setText(saved);
    else openEditor(saved);
    showEdited();
  }

  function changed() {
    typed = true;
    // They are those of another text.
    pictures.replaceChildren();
    showEdited();
    clearTimeout(saving);
    saving = setTimeout(save, SAVED_AFTER);
  }

  function save() {
    clearTimeout(saving);
    // A tab that lay idle knows nothing newer than what is kept.
    if (editor && typed) saveEdit(id, editor.text() === original ? null : editor.text());
    typed = false;
  }

  function showEdited() {
    const edited = editor !== null && editor.text() !== original;
    if (edited) figure.dataset.edited = "";
    else delete figure.dataset.edited;
  }

  /** @param {number | null} line */
  function markLine(line) {
    editor?.markLine(line);
    // Where lines are hidden, theirs can't be counted.
    const shown = editor || pre?.querySelector(".boring") ? null : line;
    code?.classList.toggle("galley-marked", shown !== null);
    code?.style.setProperty("--galley-marked-line", String(shown ?? 0));
  }

  async function copyText() {
    const text = editor?.text() ?? original;
    status.textContent = (await toClipboard(text)) ? "Copied" : "This browser does not let the page copy";
  }

  /** @param {"idle" | "running"} state */
  function showState(state) {
    button.dataset.state = state;
    button.textContent = state === "running" ? "Stop" : "Run";
    if (state === "idle") log.setAttribute("aria-busy", "false");
  }
}

/**
 * An example has no name: its page and its text tell which one is meant. When the author changes it, an edit of the
 * old one is of no use any more.
 * @param {string} text
 */
function idOf(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  const page = decodeURI(location.href.replace(/[?#].*$/, "").slice(bookRoot().length)) || "index.html";
  const key = `${page}#${(hash >>> 0).toString(36)}`;
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return `${key}.${count}`;
}

/** @param {string} text @returns {Promise<boolean>} */
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not allowed, or the book is read over plain HTTP: the old way.
    const focused = document.activeElement;
    const field = element("textarea", "galley-said");
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return copied;
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

/** @param {string} words @param {string} className @param {() => void} press */
function control(words, className, press) {
  const made = element("button", `galley-button ${className}`, words);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
