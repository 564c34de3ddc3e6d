/**
 * One exercise: the answer's editor, Check and what comes of it, hints, solution. What runs an answer is the sandbox's
 * business, what a run amounts to is record.js's, how that reads results.js's. Nothing runs before the reader asks.
 */
import { course, exerciseOf } from "./course.js";
import { readExercise } from "./data.js";
import { createEditor } from "./editor.js";
import { element } from "./element.js";
import { bookRoot } from "./load.js";
import { answerOf, dropAnswer, hintsOf, hintSeen, isPassed, recordAttempt, saveAnswer, subscribe } from "./progress.js";
import { Watch, recordOf } from "./record.js";
import { showRecord } from "./results.js";
import { run } from "./sandbox/frame.js";
import { loadPart, loadSandbox } from "./sandbox/load.js";

/** A check that ends sooner never shows the button "Stop", which would only flicker. */
const STOP_APPEARS_AFTER = 150;

/** How long a second press of Reset counts as one. */
const RESET_WITHIN = 5000;

/** After the last key, until the text is saved. */
const SAVED_AFTER = 400;

let count = 0;

/** @param {HTMLElement} section */
export function hydrateExercise(section) {
  const data = readExercise(section);
  const starter = section.querySelector(".galley-starter");
  if (!data || !(starter instanceof HTMLElement) || section.querySelector(".galley-check")) return;
  const { name } = data;
  const number = ++count;
  let attempted = false;

  // The editor, in the place of the starter.
  const answer = element("div", "galley-answer");
  const label = element("span", "galley-label", "Your answer");
  label.setAttribute("aria-hidden", "true");
  answer.append(label);
  const editor = createEditor(answer, {
    text: answerOf(name) ?? data.starter,
    label: "Your answer",
    coloured: starter.querySelector("code"),
    onChange: changed,
    onSubmit: () => void check(),
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saving;
  /** The learner has changed the text since it was saved. */
  let typed = false;
  addEventListener("pagehide", save);

  const check_ = button("Check", "galley-check", () => void check());
  const stop = button("Stop", "galley-stop", () => running?.abort());
  stop.hidden = true;
  const reset = button("Reset", "galley-reset", askForReset);
  const hint = button("Hint", "galley-hint-button", nextHint);
  const solution = button("Solution", "galley-solution-button", toggleSolution);
  const note = element("p", "galley-note");
  note.id = `galley-note-${number}`;
  note.setAttribute("role", "status");
  const bar = element("div", "galley-exercise-bar");
  bar.append(check_, stop, reset);
  const results = element("div", "galley-results");
  results.setAttribute("role", "status");
  results.setAttribute("aria-label", "Results");
  const after = element("div", "galley-after");

  const hints = takeHints(section);
  const shownHints = element("ol", "galley-hints");
  shownHints.setAttribute("aria-label", "Hints");
  const hintRegion = element("div", "galley-hint-region");
  hintRegion.setAttribute("aria-live", "polite");
  hintRegion.append(shownHints);
  if (hints.length > 0) bar.append(hint);

  const author = takeSolution(section, number);
  if (author.body) bar.append(solution);
  solution.setAttribute("aria-expanded", "false");
  solution.setAttribute("aria-controls", author.panel.id);

  starter.replaceWith(answer, bar, note, results, after, hintRegion, author.panel);
  for (let shown = hintsOf(name); shown > 0 && hints.length > 0; shown--) showHint();
  showHintCount();
  lock();
  if (isPassed(name)) showAfter();
  section.addEventListener("keydown", keepFromBook);
  subscribe((change) => {
    // Another tab's answer, an imported one, or none any more. What is being typed here comes first.
    if (!change.elsewhere || typed || (change.name !== null && change.name !== name)) return;
    editor.setText(answerOf(name) ?? data.starter);
    lock();
  });

  /** @type {AbortController | null} */
  let running = null;

  async function check() {
    if (!data || running) return;
    const controller = (running = new AbortController());
    stopAsking();
    save();
    const watch = new Watch();
    const text = editor.text();
    const files = data.program.files.map((file) => (file.path === data.answer ? { ...file, source: text } : file));
    results.setAttribute("aria-busy", "true");
    check_.setAttribute("aria-disabled", "true");
    note.textContent = "";
    editor.markLine(null);
    const appears = setTimeout(() => (stop.hidden = false), STOP_APPEARS_AFTER);
    try {
      const [worker] = await Promise.all([loadSandbox(), loadPart("tools")]);
      const ran = await run(worker, { ...data.program, files }, {
        onPrint: (print, whole) => whole && watch.print(print),
        onThrew() {},
        onTest: (news) => watch.test(news),
        onRestart: () => watch.clear(),
        signal: controller.signal,
        endWithin: data.limits.time,
        maxLines: Infinity,
        maxCharacters: data.limits.output,
      });
      const came = recordOf(data, watch, ran);
      if (came) conclude(came.record, came.printed);
      else say(ran.ended.type === "blocked" ? `It cannot run on this page. ${ran.ended.reason}` : "Stopped.");
    } catch (error) {
      say(`It cannot run on this page. ${error instanceof Error ? error.message : error}`);
    } finally {
      clearTimeout(appears);
      running = null;
      if (document.activeElement === stop) check_.focus();
      stop.hidden = true;
      check_.removeAttribute("aria-disabled");
      results.setAttribute("aria-busy", "false");
    }
  }

  /** @param {import("./record.js").Record} record @param {string} printed */
  function conclude(record, printed) {
    if (!data) return;
    attempted ||= record.outcome !== "passed";
    recordAttempt(name, record, exerciseOf(name)?.tests ?? "");
    showRecord(results, data, record, printed);
    editor.markLine(record.line);
    section.dispatchEvent(new CustomEvent("galley-record", { detail: record }));
    lock();
    if (record.outcome === "passed") showAfter();
  }

  /** @param {string} words */
  function say(words) {
    results.replaceChildren(element("p", "galley-verdict", words));
    delete results.dataset.outcome;
  }

  function changed() {
    typed = true;
    stopAsking();
    clearTimeout(saving);
    saving = setTimeout(save, SAVED_AFTER);
  }

  function save() {
    clearTimeout(saving);
    saving = undefined;
    // A tab that lay idle knows nothing newer than what is kept.
    if (!typed) return;
    typed = false;
    const text = editor.text();
    if (text !== (answerOf(name) ?? data?.starter)) saveAnswer(name, text);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let asking;

  function askForReset() {
    if (asking === undefined) {
      reset.dataset.state = "asking";
      note.textContent = "Press Reset again to put the starter in the place of your answer.";
      asking = setTimeout(stopAsking, RESET_WITHIN);
      return;
    }
    stopAsking();
    clearTimeout(saving);
    editor.setText(data?.starter ?? "");
    typed = false;
    dropAnswer(name);
    results.replaceChildren();
    delete results.dataset.outcome;
    note.textContent = "The starter is back.";
  }

  function stopAsking() {
    if (asking === undefined) return;
    clearTimeout(asking);
    asking = undefined;
    delete reset.dataset.state;
    note.textContent = "";
  }

  function nextHint() {
    if (hints.length === 0) return void (note.textContent = "There are no more hints.");
    showHint();
    hintSeen(name, shownHints.childElementCount);
    showHintCount();
  }

  function showHint() {
    const body = hints.shift();
    if (!body) return;
    const line = element("li", "galley-shown-hint");
    line.append(...body.childNodes);
    shownHints.append(line);
  }

  function showHintCount() {
    shownHints.hidden = shownHints.childElementCount === 0;
    if (hints.length === 0) hint.setAttribute("aria-disabled", "true");
  }

  /** Why the solution is not shown yet; null: it may be. */
  function withheld() {
    if (isPassed(name) || data?.reveal === "always") return null;
    if (data?.reveal === "pass") return "The solution is shown when your answer passes.";
    return attempted ? null : "The solution is shown after your first attempt: press Check.";
  }

  function lock() {
    if (withheld() === null) solution.removeAttribute("aria-disabled");
    else solution.setAttribute("aria-disabled", "true");
  }

  function toggleSolution() {
    const why = withheld();
    note.textContent = why ?? "";
    if (why === null) showSolution(author.panel.hidden !== false);
  }

  /** @param {boolean} shown */
  function showSolution(shown) {
    author.panel.hidden = !shown;
    solution.setAttribute("aria-expanded", String(shown));
  }

  /** What there is to read and to do after a pass. */
  function showAfter() {
    if (after.childElementCount > 0) return;
    if (author.explanation) after.append(author.explanation);
    const next = nextExercise(name);
    if (next === null) return;
    const link = element("a", "galley-next", "Next exercise");
    link.href = next;
    after.append(link);
  }
}

/** The details elements go, what is in them stays. @param {HTMLElement} section */
function takeHints(section) {
  const bodies = [];
  for (const details of section.querySelectorAll("details.galley-hint")) {
    const body = details.querySelector(".galley-details-body");
    if (body) bodies.push(body);
    details.remove();
  }
  return bodies;
}

/** @param {HTMLElement} section @param {number} number */
function takeSolution(section, number) {
  const details = section.querySelector("details.galley-solution");
  const body = details?.querySelector(".galley-details-body") ?? null;
  const explanation = body?.querySelector(":scope > .galley-explanation") ?? null;
  explanation?.remove();
  details?.remove();
  const panel = element("div", "galley-shown-solution");
  panel.id = `galley-solution-${number}`;
  panel.hidden = true;
  panel.append(element("span", "galley-label", "The author's solution"));
  if (body) panel.append(...body.childNodes);
  return { body, panel, explanation };
}

/** @param {string} name @returns {string | null} where the exercise behind it stands */
function nextExercise(name) {
  const all = course.chapters.flatMap(({ path, exercises }) => exercises.map((exercise) => ({ path, name: exercise.name })));
  const next = all[all.findIndex((exercise) => exercise.name === name) + 1];
  if (!next || !exerciseOf(name)) return null;
  const id = `exercise-${next.name}`;
  return document.getElementById(id) ? `#${id}` : new URL(`${next.path}#${id}`, bookRoot()).href;
}

/**
 * mdBook turns the page at the arrow keys wherever the focus is; inside code and values they scroll. The editor keeps
 * its keys to itself.
 * @param {KeyboardEvent} event
 */
function keepFromBook(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (event.key.startsWith("Arrow") && target?.closest("pre")) event.stopPropagation();
}

/**
 * @param {string} text
 * @param {string} className
 * @param {() => void} press
 */
function button(text, className, press) {
  const made = element("button", `galley-button ${className}`, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
