// Chunk "browserGlobals": the globals of the host "browser": the window as the global object, and its three dialogues. There is no document.

/** @import { Write } from "./console.js" */

/** What a page has and a program here has not: to use one is not the author's mistake. */
const LACKING = new Set(
  ("document localStorage sessionStorage location history screen frames parent top opener navigator customElements indexedDB " +
    "requestAnimationFrame cancelAnimationFrame requestIdleCallback getComputedStyle matchMedia innerWidth innerHeight " +
    "scrollX scrollY scroll scrollTo addEventListener removeEventListener dispatchEvent postMessage open close print " +
    "Node Element HTMLElement Document Window Image Audio XMLHttpRequest DOMParser MutationObserver IntersectionObserver " +
    "ResizeObserver MouseEvent KeyboardEvent Worker").split(" "),
);

export default { browserGlobals, needsPage };

/** @param {Write} write */
function browserGlobals(write) {
  return {
    window: globalThis,
    self: globalThis,
    ...{
      /** @param {unknown[]} message */
      alert(...message) {
        write("stdout", `${message.length > 0 ? String(message[0]) : ""}\n`, message);
      },
      /** Nobody answers. */
      prompt: () => null,
      confirm: () => true,
    },
  };
}

/**
 * Whether an uncaught error says that the program needs a real page.
 * @param {unknown} error
 */
function needsPage(error) {
  if (!(error instanceof ReferenceError)) return false;
  const name = /^'?(\w+)'? is not defined/.exec(error.message)?.[1];
  return name !== undefined && LACKING.has(name);
}
