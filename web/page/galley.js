/**
 * The script that each page of the book loads. It gives examples and exercises their buttons and shows what the learner
 * has done. Nothing of the author's is run before the reader asks for it, and what running and editing need is loaded
 * then.
 */
import { hydrateExample } from "./example.js";
import { hydrateExercise } from "./exercise.js";
import { addPanel } from "./panel.js";
import { hydrateQuiz } from "./predict.js";
import { hydrateModules, hydrateStepper } from "./stepper.js";
import { markSidebar } from "./sidebar.js";

/** mdBook's page for printing holds every chapter and prints itself: it stays as it is. */
const printing = /\/print(\.html)?$/.test(location.pathname);

if (!printing) {
  for (const figure of document.querySelectorAll("figure.galley-example")) {
    if (figure instanceof HTMLElement) hydrateQuiz(figure, () => hydrateExample(figure));
  }
  for (const steps of document.querySelectorAll(".galley-steps")) {
    if (steps instanceof HTMLElement) hydrateStepper(steps);
  }
  for (const figure of document.querySelectorAll("figure.galley-modules")) {
    if (figure instanceof HTMLElement) hydrateModules(figure);
  }
  for (const section of document.querySelectorAll("section.galley-exercise")) {
    if (section instanceof HTMLElement) hydrateExercise(section);
  }
  markSidebar();
  addPanel();
  // What stands above has another height now.
  if (/^#exercise-[a-z0-9-]+$/.test(location.hash)) document.querySelector(location.hash)?.scrollIntoView();
}
