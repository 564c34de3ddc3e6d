/**
 * The learner's progress in the whole book: a button in mdBook's bar, on every page, and what is told when this browser
 * keeps nothing. The dialog that it opens is dialog.js, loaded at the first press.
 */
import { course } from "./course.js";
import { element } from "./element.js";
import { bookRoot, loadScript } from "./load.js";
import { FILE, exported, forget, imported, isPassed, isQuizPassed, nextUnsolved, stateOf, subscribe } from "./progress.js";
import { summary } from "./sidebar.js";
import { onStorageTrouble, storageTrouble } from "./storage.js";

/** What the dialog shows and changes. @typedef {typeof kit} Kit */
const kit = { course, bookRoot, FILE, exported, forget, imported, isPassed, nextUnsolved, stateOf, subscribe, summary, standing, button, trouble };

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
  const toast = element("div", "galley-toast");
  toast.setAttribute("role", "status");
  document.body.append(toast);

  /** @type {(() => void) | null} */
  let show = null;
  opener.addEventListener("click", async () => {
    try {
      await loadScript("galley/dialog.js");
    } catch (error) {
      tell(error instanceof Error ? error.message : `${error}`);
      return;
    }
    show ??= /** @type {NonNullable<typeof galleyDialog>} */ (globalThis.galleyDialog)(kit);
    show();
  });
  subscribe(draw);
  onStorageTrouble((trouble) => tell(TROUBLE[trouble]));
  draw();

  function draw() {
    const { words, part } = standing();
    opener.setAttribute("aria-label", `Your progress: ${words}`);
    opener.title = `Your progress: ${words}`;
    ring.style.setProperty("--galley-part", String(part));
    ring.dataset.state = part === 1 ? "done" : part > 0 ? "started" : "new";
  }

  /** @param {string} words */
  function tell(words) {
    toast.replaceChildren(element("span", "", words), button("OK", "", () => toast.replaceChildren()));
  }
}

/** How much of the book has passed, and what of it, in words. */
function standing() {
  const all = course.chapters.map(summary);
  const exercises = all.reduce((sum, chapter) => sum + chapter.all, 0);
  const solved = all.reduce((sum, chapter) => sum + chapter.passed, 0);
  const quizzes = course.quizzes.length;
  const answered = course.quizzes.filter(isQuizPassed).length;
  const parts = [];
  if (exercises > 0) parts.push(`${solved} of ${exercises} ${exercises === 1 ? "exercise" : "exercises"} passed`);
  if (quizzes > 0) parts.push(`${answered} of ${quizzes} ${quizzes === 1 ? "quiz" : "quizzes"} answered`);
  return { words: parts.join(", "), part: (solved + answered) / (exercises + quizzes) };
}

/** What keeps progress from being kept, in words. */
function trouble() {
  const kind = storageTrouble();
  return kind === null ? null : TROUBLE[kind];
}

/** @param {string} words @param {string} className @param {() => void} press */
function button(words, className, press) {
  const made = element("button", `galley-button ${className}`.trim(), words);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
