/**
 * galley/dialog.js: the dialog of the learner's progress. A bar a chapter, the next exercise to do, the file to take along,
 * and a way to begin again. Loaded when the learner first asks for it; what it shows is the page script's, which hands it in.
 */
import { element } from "./element.js";

/** @typedef {import("./panel.js").Kit} Kit */

/** How long a second press of "Reset progress" counts as one. */
const SURE_WITHIN = 5000;

const WORDS = { new: "not begun", started: "begun", passed: "passed", "passed-earlier": "passed an earlier version" };

globalThis.galleyDialog = createDialog;

/** Gives the function that opens it. @param {Kit} kit */
function createDialog({ course, bookRoot, FILE, exported, forget, imported, isPassed, nextUnsolved, stateOf, subscribe, summary, standing, button, trouble }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let asking;
  const dialog = element("dialog", "galley-panel");
  dialog.setAttribute("aria-label", "Your progress");
  const head = element("div", "galley-panel-head");
  const close = button("×", "galley-close", () => dialog.close());
  close.setAttribute("aria-label", "Close");
  head.append(element("h2", "galley-panel-title", "Your progress"), close);
  const total = element("p", "galley-total");
  const next = element("a", "galley-next");
  const notice = element("p", "galley-notice");
  notice.hidden = true;
  const list = element("ol", "galley-chapters");
  const actions = element("div", "galley-panel-actions");
  const file = element("input", "");
  file.type = "file";
  file.accept = ".json,application/json";
  file.hidden = true;
  file.setAttribute("aria-label", "Progress file");
  const reset = button("Reset progress", "galley-forget", askToForget);
  actions.append(button("Export progress", "galley-export", save), button("Import progress", "galley-import", () => file.click()), reset, file);
  const status = element("p", "galley-panel-status");
  status.setAttribute("role", "status");
  const note = element("p", "galley-panel-note", `Kept in this browser only. ${FILE} is the file of the terminal's “mdbook-galley learn” too.`);
  dialog.append(head, total, next, notice, actions, status, list, note);
  document.body.append(dialog);

  // mdBook turns pages by arrow keys and opens its search by letters, wherever the focus is.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", stopAsking);
  next.addEventListener("click", () => dialog.close());
  file.addEventListener("change", take);
  subscribe(draw);
  return () => {
    draw();
    if (!dialog.open) dialog.showModal();
  };

  function draw() {
    const { words, part } = standing();
    total.textContent = part === 1 ? `${words}. Well done.` : words;
    const left = nextUnsolved(here());
    next.hidden = left === null;
    if (left) {
      next.href = `${bookRoot()}${encodeURI(left.chapter.path)}#exercise-${left.exercise.name}`;
      next.textContent = `Next unsolved exercise: ${left.exercise.title}`;
    }
    list.replaceChildren(...course.chapters.map(row));
    const wrong = trouble();
    notice.hidden = wrong === null;
    notice.textContent = wrong ?? "";
  }

  function save() {
    const url = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = FILE;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    status.textContent = `Saved as ${FILE}.`;
  }

  async function take() {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    try {
      const { exercises, quizzes } = imported(await chosen.text());
      const words = `${exercises} ${exercises === 1 ? "exercise" : "exercises"}${quizzes === 0 ? "" : ` and ${quizzes} ${quizzes === 1 ? "quiz" : "quizzes"}`}`;
      status.textContent = `Imported: ${words}. What you had is still there.`;
    } catch (error) {
      status.textContent = `Nothing imported. ${error instanceof Error ? error.message : error}`;
    }
    // The same file can be chosen again.
    file.value = "";
  }

  function askToForget() {
    if (asking === undefined) {
      reset.dataset.state = "asking";
      status.textContent = "This forgets your answers, edits and marks in this book. Press Reset progress again to do it.";
      asking = setTimeout(stopAsking, SURE_WITHIN);
      return;
    }
    stopAsking();
    forget();
    status.textContent = "Forgotten. Nothing of this book is kept.";
  }

  function stopAsking() {
    if (asking !== undefined) clearTimeout(asking);
    asking = undefined;
    delete reset.dataset.state;
    status.textContent = "";
  }

  /** @param {import("./course.js").CourseChapter} chapter */
  function row(chapter) {
    const { state, passed, all } = summary(chapter);
    const line = element("li", "galley-chapter");
    line.dataset.state = state ?? "new";
    const link = element("a", "", chapter.title);
    link.href = `${bookRoot()}${encodeURI(chapter.path)}`;
    const count = element("span", "galley-count", `${passed} of ${all}`);
    const bar = element("span", "galley-meter");
    bar.setAttribute("aria-hidden", "true");
    bar.style.setProperty("--galley-part", String(passed / all));
    const exercises = element("ul", "galley-chapter-exercises");
    for (const { name, title } of chapter.exercises) {
      const item = element("li", "");
      const standing = stateOf(name);
      item.dataset.state = standing;
      const link = element("a", "", title);
      link.href = `${bookRoot()}${encodeURI(chapter.path)}#exercise-${name}`;
      item.append(link, element("span", "galley-standing", WORDS[standing]));
      exercises.append(item);
    }
    line.append(link, count, bar, exercises);
    return line;
  }

  /** The last exercise of this page that has passed: what is next comes behind it. */
  function here() {
    const names = [...document.querySelectorAll("section.galley-exercise[data-exercise]")].map((section) => section.getAttribute("data-exercise") ?? "");
    return names.filter(isPassed).at(-1);
  }
}
