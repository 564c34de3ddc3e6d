/**
 * galley/editor.js: what colours and indents in an editor of the page, made of prism-code-editor. Loaded by
 * editor.js, which it hands one function.
 */
import { createEditor } from "prism-code-editor";
import { defaultKeymap, editHistory, editorCommands } from "prism-code-editor/commands";
import { cursorPosition } from "prism-code-editor/cursor";
import { highlightBracketPairs } from "prism-code-editor/highlight-brackets";
import { matchBrackets } from "prism-code-editor/match-brackets";
import "prism-code-editor/languages/clike";
import "prism-code-editor/prism/languages/javascript";
import layout from "prism-code-editor/layout.css";

/** Enter and Tab, comments, lines up and down; what browsers or screen readers use is left to them. */
const KEYS = Object.fromEntries(["Tab", "8+Tab", "1+ArrowDown", "1+ArrowUp", "Enter", "8+Enter", "Mod+/"].map((key) => [key, defaultKeymap[key]]));

const sheet = new CSSStyleSheet();
sheet.replaceSync(layout);
document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];

globalThis.galleyEditor = createArea;

/**
 * @param {string} text
 * @param {string} language
 * @returns {import("../editor.js").Area}
 */
function createArea(text, language) {
  const editor = createEditor(
    null,
    { value: text, language, lineNumbers: false, tabSize: 2, class: "galley-editor-area" },
    editHistory(),
    matchBrackets(),
    highlightBracketPairs(),
    cursorPosition(),
    // No pairs: what is typed is what stands there.
    editorCommands(KEYS, []),
  );
  const { textarea } = editor;
  /** @type {Element | null} */
  let marked = null;
  return {
    element: editor.container,
    textarea,
    setText(text) {
      textarea.value = text;
      // By an event of input the history takes it for one more step. It is not the reader's, so nobody else hears it.
      textarea.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertReplacementText" }));
      textarea.dispatchEvent(new InputEvent("input", { inputType: "insertReplacementText" }));
    },
    markLine(line) {
      marked?.classList.remove("galley-marked");
      marked = line === null ? null : (editor.lines[line] ?? null);
      marked?.classList.add("galley-marked");
    },
  };
}
