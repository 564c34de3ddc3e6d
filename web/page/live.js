// What pages get from `serve` and from nowhere else: follows the builds, loads the page anew after each, and shows why
// there was none.

import { element } from "./element.js";

const STYLE = `
.panel { position: fixed; z-index: 2147483647; inset: auto 0 0 0; max-height: 70vh; box-sizing: border-box; overflow: auto;
  padding: 16px 20px; border-top: 4px solid #e5484d; background: #18191b; color: #eceef0; box-shadow: 0 -8px 32px #0008; font: 15px/1.5 system-ui, sans-serif; }
h2 { margin: 0 48px 8px 0; font-size: 17px; }
pre { margin: 0; overflow-x: auto; font: 13px/1.5 ui-monospace, monospace; tab-size: 4; }
button { position: absolute; top: 10px; inset-inline-end: 12px; width: 36px; height: 36px; border: 0; border-radius: 6px; background: none; color: inherit; font-size: 22px; cursor: pointer; }
button:hover { background: #fff2; }
button:focus-visible, pre:focus-visible { outline: 2px solid #70b8ff; outline-offset: 2px; }
@media print { .panel { display: none; } }
`;

const { build, events: address } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;

/** @type {EventSource | undefined} */
let events;
/** @type {HTMLElement | undefined} */
let overlay;

function follow() {
  rest();
  // Browsers open only six connections to one server, so pages in the background hold none.
  if (document.hidden) return;
  events = new EventSource(/** @type {string} */ (address));
  events.addEventListener("message", ({ data }) => {
    /** @type {{ build: string, problem: string | null }} */
    const news = JSON.parse(data);
    overlay?.remove();
    // First the site that there is, then what keeps it from being newer.
    if (news.build !== build) location.reload();
    else if (news.problem !== null) show(news.problem);
  });
}

function rest() {
  events?.close();
  events = undefined;
}

/** @param {string} problem */
function show(problem) {
  overlay = element("div", "galley-problem");
  const panel = element("section", "panel");
  panel.setAttribute("role", "alert");
  panel.setAttribute("aria-label", "The book was not built");
  const text = element("pre", "", problem);
  text.tabIndex = 0;
  text.dir = "ltr";
  const close = element("button", "", "×");
  close.type = "button";
  close.setAttribute("aria-label", "Close");
  const made = overlay;
  close.addEventListener("click", () => made.remove());
  panel.append(element("h2", "", "The book was not built: this page is as it was"), text, close);
  // The book's style sheets don't reach in, and mdBook's keys don't hear what is pressed here.
  const root = overlay.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  root.append(panel);
  overlay.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") made.remove();
  });
  document.body.append(overlay);
}

document.addEventListener("visibilitychange", follow);
addEventListener("pagehide", rest);
addEventListener("pageshow", follow);
