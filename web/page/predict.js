/**
 * A quiz below an example: Check, and what comes of it. Before an answer nothing runs the example, for that would tell
 * it. The reasons stand in the page already, for readers without JavaScript: below "Answer", which is shown after the
 * first attempt. That a quiz was answered is kept, and marked; what was chosen is not.
 */
import { element } from "./element.js";
import { isQuizPassed, recordQuiz, subscribe } from "./progress.js";

/**
 * @param {HTMLElement} figure
 * @param {() => void} answered called when the example may run: after the first answer, or at once where nothing is asked
 */
export function hydrateQuiz(figure, answered) {
  const quiz = figure.querySelector("fieldset.galley-predict");
  const answer = quiz?.querySelector("details.galley-predict-answer");
  if (!(quiz instanceof HTMLElement) || !(answer instanceof HTMLElement)) return answered();
  if (quiz.querySelector(".galley-check")) return;

  const button = element("button", "galley-button galley-check", "Check");
  button.type = "button";
  const verdict = element("div", "galley-predict-verdict");
  verdict.setAttribute("role", "status");

  const clear = () => {
    verdict.replaceChildren();
    delete verdict.dataset.outcome;
    for (const label of quiz.querySelectorAll("label")) label.removeAttribute("data-outcome");
  };

  const check = () => {
    clear();
    const chosen = quiz.querySelector("input:checked");
    const told = chosen instanceof HTMLInputElement ? answer.querySelector(`[data-option="${chosen.value}"]`) : null;
    if (!chosen || !told) return void verdict.append(element("p", "galley-verdict", "Choose an answer first."));
    const outcome = told.getAttribute("data-right") === "true" ? "right" : "wrong";
    verdict.dataset.outcome = outcome;
    chosen.closest("label")?.setAttribute("data-outcome", outcome);
    if (key) recordQuiz(key, outcome === "right");
    verdict.append(element("p", "galley-verdict", outcome === "right" ? "Right." : "Not this one."));
    const why = told.querySelector(".galley-why");
    if (why) verdict.append(why.cloneNode(true));
    if (!answer.hidden) return;
    answer.hidden = false;
    answered();
  };

  // A theme of the author's may have another template, which gives no key.
  const key = quiz.dataset.quiz;
  const asked = quiz.querySelector("legend");
  if (key && asked) {
    const standing = element("span", "galley-standing");
    const mark = () => {
      const passed = isQuizPassed(key);
      asked.dataset.state = passed ? "passed" : "new";
      standing.textContent = passed ? "answered" : "";
    };
    asked.append(" ", standing);
    subscribe(mark);
    mark();
  }

  button.addEventListener("click", check);
  answer.hidden = true;
  answer.before(button, verdict);
  quiz.addEventListener("change", clear);
  quiz.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) check();
  });
}
