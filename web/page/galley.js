/**
 * The script that each page of the book loads. It gives every example that can run its Run button.
 * Nothing of the author's is run before the reader asks for it, and what running needs is loaded then.
 */
import { hydrateExample } from "./example.js";
import { hydrateExercise } from "./exercise.js";

/** mdBook's page for printing holds every chapter and prints itself: it stays as it is. */
const printing = /\/print(\.html)?$/.test(location.pathname);

if (!printing) {
  for (const figure of document.querySelectorAll("figure.galley-example")) {
    if (figure instanceof HTMLElement) hydrateExample(figure);
  }
  for (const section of document.querySelectorAll("section.galley-exercise")) {
    if (section instanceof HTMLElement) hydrateExercise(section);
  }
}
