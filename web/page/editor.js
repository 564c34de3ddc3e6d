/**
 * An editor for a few lines of code: a textarea over coloured text. It is there at once as a plain textarea; what
 * colours and indents (galley/editor.js, prism-code-editor) is loaded when it is needed and takes the textarea's place
 * with text, selection and focus. Where that can't be loaded, the textarea stays and does the same in plain ink.
 *
 *     const editor = createEditor(host, { text, label: "Your answer", onChange, onSubmit });
 *
 * `host` gets the editor as its last child. Keys pressed inside never reach mdBook.
 */
import { loadScript } from "./load.js";

/**
 * @typedef {object} EditorOptions
 * @property {string} text
 * @property {string} label The accessible name of the textbox.
 * @property {string} [language] Only "javascript" is coloured, which is the default.
 * @property {Element | null} [coloured] Static markup of the same text, coloured by the build: it is seen until the
 *   editor colours by itself, or the text is another one.
 * @property {boolean} [lazy] The editor is loaded when the reader first touches it, and not at once; the default where
 *   the build's colours are seen until then.
 * @property {(text: string) => void} [onChange] The reader changed the text; not called for setText.
 * @property {() => void} [onSubmit] Ctrl+Enter, or Cmd+Enter.
 */

/**
 * @typedef {object} Editor
 * @property {HTMLElement} element
 * @property {() => string} text
 * @property {(text: string) => void} setText Can be undone; the focus stays where it is.
 * @property {() => void} focus
 * @property {(line: number | null) => void} markLine Marks a line, from 1, as the one with the error. The mark goes
 *   with the next change.
 * @property {() => void} destroy
 */

/**
 * What takes the plain textarea's place; `createArea` in editor/prism.js makes it.
 * @typedef {object} Area
 * @property {HTMLElement} element
 * @property {HTMLTextAreaElement} textarea
 * @property {(text: string) => void} setText
 * @property {(line: number | null) => void} markLine
 */

const HELP = "Tab indents. To leave with the keyboard, press Escape, then Tab.";

let count = 0;

/** Loads what colours and indents; never rejects. @returns {Promise<boolean>} whether it is there */
export async function loadEditor() {
  try {
    await loadScript("galley/editor.js");
  } catch {
    return false;
  }
  return typeof galleyEditor === "function";
}

/**
 * @param {HTMLElement} host
 * @param {EditorOptions} options
 * @returns {Editor}
 */
export function createEditor(host, { text, label, language = "javascript", coloured = null, lazy = isCopy(coloured, text), onChange, onSubmit }) {
  const element = document.createElement("div");
  element.className = "galley-editor";
  element.dir = "ltr";
  const help = document.createElement("span");
  help.className = "galley-editor-help";
  help.id = `galley-editor-help-${++count}`;
  help.textContent = HELP;

  let destroyed = false;
  /** @type {Area} */
  let area = plainArea(text, coloured);
  /** Escape was the last key: Tab leaves. */
  let leaving = false;
  /** Text under composition is never taken away. */
  let composing = false;

  adopt();
  element.append(area.element, help);
  host.append(element);

  element.addEventListener("keydown", keydown, true);
  for (const type of /** @type {const} */ (["keydown", "keypress", "keyup"])) {
    element.addEventListener(type, (event) => event.stopPropagation());
  }
  element.addEventListener("focusout", () => {
    leaving = false;
    delete element.dataset.tabbed;
  });
  element.addEventListener("compositionstart", () => (composing = true));
  element.addEventListener("compositionend", () => (composing = false));
  element.addEventListener("input", () => {
    mark(null);
    onChange?.(area.textarea.value);
  });

  if (typeof galleyEditor === "function") upgrade();
  else if (!lazy) void load();
  else for (const type of ["focusin", "pointerenter", "touchstart"]) element.addEventListener(type, load, { once: true, passive: true });

  return {
    element,
    text: () => area.textarea.value,
    setText(text) {
      if (text === area.textarea.value) return;
      mark(null);
      area.setText(text);
    },
    focus: () => area.textarea.focus(),
    markLine: mark,
    destroy() {
      destroyed = true;
      element.remove();
    },
  };

  async function load() {
    if ((await loadEditor()) && !destroyed) upgrade();
  }

  function upgrade() {
    if (element.dataset.editor === "full" || destroyed) return;
    if (composing) {
      element.addEventListener("compositionend", upgrade, { once: true });
      return;
    }
    const { textarea: old, element: plain } = area;
    const focused = document.activeElement === old;
    const { selectionStart, selectionEnd, value } = old;
    const { scrollLeft, scrollTop } = plain;
    const next = galleyEditor?.(value, language);
    if (!next) return;
    area = next;
    adopt();
    plain.replaceWith(area.element);
    element.dataset.editor = "full";
    area.element.scrollLeft = scrollLeft;
    area.element.scrollTop = scrollTop;
    area.textarea.setSelectionRange(selectionStart, selectionEnd);
    if (focused) area.textarea.focus({ preventScroll: true });
  }

  function adopt() {
    const { textarea } = area;
    textarea.setAttribute("aria-label", label);
    textarea.setAttribute("aria-describedby", help.id);
    textarea.spellcheck = false;
    textarea.autocapitalize = "off";
    textarea.setAttribute("autocomplete", "off");
    textarea.setAttribute("autocorrect", "off");
  }

  /** @param {number | null} line */
  function mark(line) {
    area.markLine(line);
    if (line === null) area.textarea.removeAttribute("aria-invalid");
    else area.textarea.setAttribute("aria-invalid", "true");
    help.textContent = line === null ? HELP : `Error in line ${line}. ${HELP}`;
  }

  /** @param {KeyboardEvent} event */
  function keydown(event) {
    if (event.target !== area.textarea || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && onSubmit) {
      take(event);
      onSubmit();
    } else if (event.key === "Escape") {
      // Not for the editor, which would let go of the focus, nor for a dialog around it.
      leaving = true;
      take(event);
    } else if (event.key === "Tab") {
      element.dataset.tabbed = "";
      if (leaving || event.altKey || event.ctrlKey || event.metaKey) event.stopImmediatePropagation();
    } else if (event.key !== "Shift") {
      leaving = false;
    }
  }
}

/** @param {Element | null} coloured @param {string} text */
function isCopy(coloured, text) {
  // The build leaves out the last line break.
  return coloured?.textContent?.replace(/\n$/, "") === text.replace(/\n$/, "");
}

/** @param {Event} event */
function take(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/**
 * A textarea over a copy of its text, which gives the size and is what is seen: the same build as the full editor's,
 * so that nothing moves when that takes its place.
 * @param {string} text
 * @param {Element | null} coloured
 * @returns {Area}
 */
function plainArea(text, coloured) {
  const element = document.createElement("div");
  element.className = "galley-editor-area";
  const sheet = document.createElement("div");
  sheet.className = "galley-editor-sheet";
  const textarea = document.createElement("textarea");
  textarea.className = "galley-editor-text";
  textarea.value = text;
  const ink = document.createElement("div");
  ink.className = "galley-editor-ink";
  ink.setAttribute("aria-hidden", "true");
  sheet.append(textarea, ink);
  element.append(sheet);
  if (coloured && isCopy(coloured, text)) {
    const { childNodes, textContent } = /** @type {Element} */ (coloured.cloneNode(true));
    ink.append(...childNodes, `${text.slice((textContent ?? "").length)}\n`);
  }
  else draw();

  textarea.addEventListener("input", draw);
  textarea.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    event.preventDefault();
    // The only way by which the browser's own undo goes on working.
    if (!event.shiftKey) document.execCommand("insertText", false, "  ");
  });
  return {
    element,
    textarea,
    setText(text) {
      textarea.value = text;
      draw();
    },
    markLine(line) {
      element.classList.toggle("galley-marked", line !== null);
      element.style.setProperty("--galley-marked-line", String(line ?? 0));
    },
  };

  function draw() {
    ink.textContent = `${textarea.value}\n`;
  }
}
