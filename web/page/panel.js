/**
 * The learner's progress in the whole book: a button in mdBook's bar and the dialog that it opens, on every page. A bar
 * a chapter, the next exercise to do, how many quizzes are answered, the file to take along, and a way to begin again.
 */
import { course } from "./course.js";
import { element } from "./element.js";
import { bookRoot } from "./load.js";
import { FILE, exported, forget, imported, isPassed, isQuizPassed, nextUnsolved, stateOf, subscribe } from "./progress.js";
import { summary } from "./sidebar.js";
import { onStorageTrouble, storageTrouble } from "./storage.js";

/** How long a second press of "Reset progress" counts as one. */
const SURE_WITHIN = 5000;

const WORDS = { new: "not begun", started: "begun", passed: "passed", "passed-earlier": "passed an earlier version" };

const TROUBLE = {
  blocked: "This browser keeps nothing for this site: your progress lasts until you leave this page. Export it to keep it.",
  full: "This site's storage is full: what you do now lasts until you leave this page. Export your progress to keep it.",
};

export function addPanel() {
  const bar = document.querySelector("#mdbook-menu-bar .right-buttons, #menu-bar .right-buttons");
  if (!bar || (course.chapters.length === 0 && course.quizzes.length === 0)) return;

  const opener = element("button", "icon-button galley-progress-button");
  opener.type = "button";
  opener.setAttribute("aria-haspopup", "dialog");
  const ring = element("span", "galley-ring");
  ring.setAttribute("aria-hidden", "true");
  opener.append(ring);
  bar.prepend(opener);

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

  const toast = element("div", "galley-toast");
  toast.setAttribute("role", "status");
  document.body.append(toast);

  opener.addEventListener("click", () => {
    draw();
    dialog.showModal();
  });
  // mdBook turns pages by arrow keys and opens its search by letters, wherever the focus is.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", stopAsking);
  next.addEventListener("click", () => dialog.close());
  file.addEventListener("change", take);
  subscribe(draw);
  onStorageTrouble(showTrouble);
  draw();

  function draw() {
    const all = course.chapters.map((chapter) => ({ chapter, ...summary(chapter) }));
    const exercises = all.reduce((sum, chapter) => sum + chapter.all, 0);
    const solved = all.reduce((sum, chapter) => sum + chapter.passed, 0);
    const answered = course.quizzes.filter(isQuizPassed).length;
    const count = exercises + course.quizzes.length;
    const passed = solved + answered;
    const parts = [];
    if (exercises > 0) parts.push(`${solved} of ${exercises} ${exercises === 1 ? "exercise" : "exercises"} passed`);
    if (count > exercises) parts.push(`${answered} of ${count - exercises} ${count - exercises === 1 ? "quiz" : "quizzes"} answered`);
    const words = parts.join(", ");
    opener.setAttribute("aria-label", `Your progress: ${words}`);
    opener.title = `Your progress: ${words}`;
    ring.style.setProperty("--galley-part", String(passed / count));
    ring.dataset.state = passed === count ? "done" : passed > 0 ? "started" : "new";
    total.textContent = passed === count ? `${words}. Well done.` : words;
    const left = nextUnsolved(here());
    next.hidden = left === null;
    if (left) {
      next.href = `${bookRoot()}${encodeURI(left.chapter.path)}#exercise-${left.exercise.name}`;
      next.textContent = `Next unsolved exercise: ${left.exercise.title}`;
    }
    list.replaceChildren(...all.map(row));
    const trouble = storageTrouble();
    notice.hidden = trouble === null;
    notice.textContent = trouble === null ? "" : TROUBLE[trouble];
  }

  /** @param {Trouble} trouble */
  function showTrouble(trouble) {
    draw();
    if (toast.hasChildNodes()) return;
    const dismiss = button("OK", "", () => toast.replaceChildren());
    toast.append(element("span", "", TROUBLE[trouble]), dismiss);
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

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let asking;

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
}

/** @typedef {import("./storage.js").Trouble} Trouble */

/** @param {{ chapter: import("./course.js").CourseChapter } & ReturnType<typeof summary>} part */
function row({ chapter, state, passed, all }) {
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

/** @param {string} words @param {string} className @param {() => void} press */
function button(words, className, press) {
  const made = element("button", `galley-button ${className}`.trim(), words);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
