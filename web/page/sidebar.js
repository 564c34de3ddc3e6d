/**
 * Marks the chapters of mdBook's sidebar: all of their exercises have passed, or some have been begun. The mark is
 * drawn by the style sheet; the words for who does not see it are in the link.
 */
import { course } from "./course.js";
import { bookRoot } from "./load.js";
import { isPassed, stateOf, subscribe } from "./progress.js";

export function markSidebar() {
  if (course.chapters.length === 0) return;
  subscribe(mark);
  mark();
}

function mark() {
  const root = bookRoot();
  for (const link of document.querySelectorAll("#mdbook-sidebar a[href]")) {
    if (!(link instanceof HTMLAnchorElement) || link.hash !== "" || !link.href.startsWith(root)) continue;
    const path = decodeURI(link.href.slice(root.length));
    const chapter = course.chapters.find((chapter) => chapter.path === path);
    if (chapter) markLink(link, summary(chapter));
  }
}

/**
 * @param {HTMLAnchorElement} link
 * @param {ReturnType<typeof summary>} summary
 */
function markLink(link, { state, words }) {
  if (state === null) delete link.dataset.galleyProgress;
  else link.dataset.galleyProgress = state;
  let said = link.querySelector(".galley-said");
  if (!said) {
    said = document.createElement("span");
    said.className = "galley-said";
    link.append(said);
  }
  if (said.textContent !== words) said.textContent = words;
}

/**
 * @param {import("./course.js").CourseChapter} chapter
 * @returns {{ state: "done" | "started" | null, passed: number, all: number, words: string }} words: behind the title
 */
export function summary({ exercises }) {
  const passed = exercises.filter(({ name }) => isPassed(name)).length;
  const all = exercises.length;
  const begun = exercises.some(({ name }) => stateOf(name) !== "new");
  const state = passed === all ? "done" : begun ? "started" : null;
  const of = `${passed} of ${all} ${all === 1 ? "exercise" : "exercises"} passed`;
  return { state, passed, all, words: state === null ? "" : `, ${state === "done" ? "done" : `begun: ${of}`}` };
}
