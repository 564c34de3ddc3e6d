/** Until there is an editor: a plain textarea, in which Tab indents and Escape, then Tab leaves. */

/**
 * @param {HTMLElement} host
 * @param {{ text: string, label: string, coloured?: Element | null, onChange?: (text: string) => void, onSubmit?: () => void }} options
 */
export function createEditor(host, { text, label, onChange, onSubmit }) {
  const element = document.createElement("div");
  element.className = "galley-editor";
  const textarea = document.createElement("textarea");
  textarea.value = text;
  textarea.rows = Math.max(4, text.split("\n").length);
  textarea.spellcheck = false;
  textarea.setAttribute("aria-label", label);
  element.append(textarea);
  host.append(element);
  let leaving = false;
  textarea.addEventListener("input", () => onChange?.(textarea.value));
  textarea.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSubmit?.();
    } else if (event.key === "Tab" && !leaving && !event.shiftKey) {
      event.preventDefault();
      document.execCommand("insertText", false, "  ");
    }
    leaving = event.key === "Escape";
  });
  return {
    element,
    text: () => textarea.value,
    setText(/** @type {string} */ text) {
      textarea.value = text;
    },
    focus: () => textarea.focus(),
    markLine(/** @type {number | null} */ _line) {},
  };
}
