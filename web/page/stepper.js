/**
 * The pictures of a run: buttons and a slider in the place of the choice that the page has without this script. Which
 * picture is shown stays a matter of that choice and the style sheet.
 */
import { element } from "./element.js";

/** @param {HTMLElement} steps */
export function hydrateStepper(steps) {
  const choices = /** @type {HTMLInputElement[]} */ ([...steps.querySelectorAll(".galley-step-choice")]);
  const count = choices.length;
  if (steps.dataset.live !== undefined) return;
  steps.dataset.live = "";
  steps.addEventListener("keydown", pressKey);
  if (count < 2) {
    makeReachable(steps);
    return;
  }
  const back = control("Back", () => show(current() - 1));
  const next = control("Next", () => show(current() + 1));
  const slider = element("input", "galley-step-slider");
  slider.type = "range";
  slider.min = "1";
  slider.max = String(count);
  slider.setAttribute("aria-label", "Step");
  slider.addEventListener("input", () => show(Number(slider.value) - 1));
  const place = element("span", "galley-step-count");
  place.setAttribute("aria-hidden", "true");
  const said = element("span", "galley-said");
  said.setAttribute("role", "status");
  const bar = element("div", "galley-step-bar");
  bar.append(back, next, slider, place, said);
  steps.prepend(bar);
  show(0);

  function current() {
    return Math.max(choices.findIndex(({ checked }) => checked), 0);
  }

  /** @param {number} index */
  function show(index) {
    const before = current();
    const at = Math.min(Math.max(index, 0), count - 1);
    choices[at].checked = true;
    slider.value = String(at + 1);
    slider.setAttribute("aria-valuetext", `Step ${at + 1} of ${count}`);
    place.textContent = `${at + 1} / ${count}`;
    // The focus is not lost with the button.
    if (at === 0 && document.activeElement === back) next.focus();
    if (at === count - 1 && document.activeElement === next) back.focus();
    back.disabled = at === 0;
    next.disabled = at === count - 1;
    makeReachable(/** @type {Element} */ (choices[at].parentElement));
    if (at === before) return;
    const [from, to] = [before, at].map((one) => choices[one].parentElement?.querySelector(".galley-scroll"));
    if (from && to) to.scrollLeft = from.scrollLeft;
    said.textContent = choices[at].parentElement?.querySelector(".galley-picture")?.getAttribute("aria-label") ?? "";
  }

  /** mdBook turns the page at the arrow keys; here they turn the steps. @param {KeyboardEvent} event */
  function pressKey(event) {
    if (!/^Arrow(Left|Right)$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.stopPropagation();
    // The slider does it by itself, and a picture that is too wide scrolls.
    if (count < 2 || event.target === slider || (event.target instanceof Element && event.target.matches(".galley-scroll"))) return;
    event.preventDefault();
    show(current() + (event.key === "ArrowRight" ? 1 : -1));
  }
}

/** The files of an example: mdBook turns the page at the arrow keys, which scroll here. @param {HTMLElement} figure */
export function hydrateModules(figure) {
  figure.addEventListener("keydown", (event) => {
    if (/^Arrow(Left|Right)$/.test(event.key)) event.stopPropagation();
  });
  makeReachable(figure);
}

/** A picture that is too wide for the page can be scrolled by keys. @param {Element} around */
function makeReachable(around) {
  const scroll = around.querySelector(".galley-scroll");
  if (scroll instanceof HTMLElement && scroll.scrollWidth > scroll.clientWidth) scroll.tabIndex = 0;
}

/** @param {string} words @param {() => void} press */
function control(words, press) {
  const made = element("button", "galley-button", words);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
