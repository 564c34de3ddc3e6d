/**
 * What a hostile program reaches: nothing. Each probe of probes.mjs is tried three times on a page of the book:
 *
 * - as it is;
 * - with the globals of the browser left in the worker, so that only the frame's policy and origin are in the way;
 * - as a control, with the sandbox taken off: there it has to succeed, or the probe could not see a leak.
 *
 * Where nothing should get through one program tries them all; of the controls each has a run of its own.
 */
import assert from "node:assert/strict";
import { firstRunnable, inject, logText, run, settled } from "./example.mjs";
import { listen } from "./listener.mjs";
import { PROBES } from "./probes.mjs";
import { PATIENCE, assertSoon } from "./soon.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./probes.mjs").Probe} Probe */
/** @typedef {"sandbox" | "doors" | "worker" | "thread"} Walls what is left of them: all, all but the first, none */

/** What the page keeps in its stores under the name "canary". */
const SECRET = "the-canary-sings";

/** How often a program comes back to see whether what it began has come to something, and how often after that. */
const TURNS = { waiting: 20_000, after: 100 };

/**
 * @param {object} needs of run.mjs
 * @param {import("./specs.mjs").Check} needs.check
 * @param {string} needs.base
 * @param {Awaited<ReturnType<typeof import("./server.mjs").serve>>} needs.server
 * @param {string} needs.name of a page with an example
 */
export function trySecurity({ check, base, server, name }) {
  const address = new URL(name, base).href;

  for (const [walls, what] of /** @type {const} */ ([
    ["sandbox", "a program reaches neither the page nor the network"],
    ["doors", "the frame's policy and origin hold alone"],
  ])) {
    check(what, {}, async (page) => {
      const programs = [PROBES.filter(({ blocks }) => !blocks), PROBES.filter(({ blocks }) => blocks)];
      const battery = await openBattery(page, { address, server, programs, walls });
      try {
        for (const [at, probes] of programs.entries()) {
          await battery.start(at);
          // Of what is refused without a word one never hears; the program goes on waiting for it, which nobody else does.
          const unheard = walls === "sandbox" ? 0 : at === 0 ? 4 : probes.length;
          await assertSoon(async () => {
            const { said, leaks } = await battery.witness(at);
            const ended = probes.filter(({ name }) => said.includes(`\n${name}: `));
            assert.ok(ended.length >= probes.length - unheard || leaks.length > 0, said);
          });
          // Time for what it has begun and not awaited.
          await page.waitForTimeout(at === 0 ? 1000 : 3000);
          const { said, leaks } = await battery.witness(at);
          assert.deepEqual(leaks, [], said);
        }
        assert.equal(page.context().pages().length, 1);
      } finally {
        await battery.close();
      }
    }, { expectErrors: true });
  }

  check("a program finds none of the browser's globals", {}, async (page) => {
    await inject(page, `console.log([typeof fetch, typeof XMLHttpRequest, typeof WebSocket, typeof postMessage, typeof importScripts,
      typeof self, typeof indexedDB, typeof navigator, typeof location, typeof Worker].join());
      const global = Function("return this")();
      console.log(typeof global.fetch, typeof global.constructor.prototype.fetch);`);
    await page.goto(address, { waitUntil: "load" });
    await run(firstRunnable(page));
    assert.equal(await logText(firstRunnable(page)), `${Array(10).fill("undefined").join()}\nundefined undefined\n`);
  });

  for (const walls of /** @type {const} */ (["worker", "thread"])) {
    const probes = PROBES.filter(({ control }) => control === walls);
    const where = walls === "worker" ? "a worker" : "the frame's thread";
    check(`control: without the sandbox each program gets through, from ${where}`, {}, async (page) => {
      const battery = await openBattery(page, { address, server, programs: probes.map((probe) => [probe]), walls });
      try {
        for (const [at, { name, onDisk }] of probes.entries()) {
          const cannot = base.startsWith("file:") && onDisk;
          await battery.start(at);
          if (cannot) await battery.end(at);
          await assertSoon(async () => {
            const { leaks, said } = await battery.witness(at);
            assert.ok(leaks.length > 0 || cannot, `${name}: ${said}`);
            if (cannot) assert.deepEqual(leaks, [], name);
          });
          await battery.renew();
        }
      } finally {
        await battery.close();
      }
    }, { expectErrors: true });
  }
}

/**
 * The page with an example for each program, which tries some of the probes.
 * @param {Page} page
 * @param {{ address: string, server: { requests: (pathname: string) => number }, programs: Probe[][], walls: Walls }} given
 */
async function openBattery(page, { address, server, programs, walls }) {
  const listener = await listen();
  const markOf = (/** @type {Probe} */ probe) => `mark-${PROBES.indexOf(probe)}-of-${walls}`;
  const figure = (/** @type {number} */ at) => page.locator("figure.galley-example:has(.galley-run)").nth(at);
  /** What the browser did with the page. @type {string[]} */
  const events = [];
  page.on("popup", (popup) => void (events.push("a page was opened"), popup.close()));
  page.on("dialog", (dialog) => void (events.push("a dialog was opened"), dialog.dismiss()));
  page.on("download", () => events.push("a download was begun"));
  const sources = programs.map((probes) => programOf(probes.map((probe) => ({ probe, mark: markOf(probe) })), address, listener));
  await page.addInitScript(prepare, { programs: sources, walls, secret: SECRET, patience: PATIENCE });

  const open = async () => {
    await page.goto(address, { waitUntil: "load" });
    await page.evaluate(plant, SECRET);
  };
  await open();
  return {
    /** @param {number} at */
    async start(at) {
      // An act of the reader, behind which a page may open others.
      await page.keyboard.press("Shift");
      await figure(at).locator(".galley-run").evaluate((button) => /** @type {HTMLElement} */ (button).click());
    },

    /** @param {number} at @returns {Promise<string>} what it printed */
    async end(at) {
      await settled(figure(at));
      return logText(figure(at));
    },

    /** What has come out of a program, and what it has printed. @param {number} at */
    async witness(at) {
      const marks = programs[at].map(markOf);
      const isOurs = (/** @type {string} */ text) => marks.some((mark) => text.includes(mark));
      const found = [...events];
      for (const mark of marks) if (server.requests(`/${mark}`) > 0) found.push(`the book's server was asked for ${mark}`);
      // An earlier program may be told again.
      const isRaw = programs[at].some(({ code }) => code.includes("RAW"));
      found.push(...listener.heard.filter((what) => isOurs(what) || (isRaw && !what.startsWith("/"))).map((what) => `heard: ${what}`));
      if (page.url() !== address) return { leaks: [...found, `the page is at ${page.url()}`], said: "" };
      const { said, seen } = await page.evaluate((at) => {
        const said = document.querySelectorAll(".galley-log")[at].textContent ?? "";
        return { said, seen: JSON.stringify([/** @type {any} */ (window).heard, document.documentElement.dataset.mark]) };
      }, at);
      if (said.includes("LEAK") || said.includes(SECRET)) found.push(`it got ${said}`);
      if (isOurs(seen)) found.push(`the page heard or shows ${seen}`);
      return { leaks: found, said };
    },

    /** What one control has done is not the next one's. */
    async renew() {
      listener.heard.length = 0;
      events.length = 0;
      if (page.url() !== address) await open();
    },

    close: listener.close,
  };
}

/**
 * @param {{ probe: Probe, mark: string }[]} probes
 * @param {string} address
 * @param {import("./listener.mjs").Listener} listener
 */
function programOf(probes, address, listener) {
  const tries = probes.map(({ probe, mark }) => {
    const known = Object.entries({ SERVER: listener.url + mark, RAW: listener.raw, BOOK: address, MARK: mark });
    const constants = known.map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
    return `tried.push((async () => {${constants.join(" ")} ${probe.code}})().then(
  (got) => console.log(${JSON.stringify(`\n${probe.name}: `)} + (got ? "LEAK " + got : "done")),
  (error) => console.log(${JSON.stringify(`\n${probe.name}: `)} + "refused: " + (error?.message ?? error?.type)),
));`;
  });
  return `const BLOB = "BLOB-ADDRESS";
const browser = globalThis.browser ?? globalThis;
const tried = [];
${tries.join("\n")}
let over = false;
Promise.all(tried).then(() => { over = true; });
let waiting = ${TURNS.waiting};
let after = ${TURNS.after};
const timer = setInterval(() => { if (over ? after-- === 0 : waiting-- === 0) clearInterval(timer); }, 1);
`;
}

/**
 * Runs in the page before its scripts: an example for each program, and the walls that are taken down.
 * @param {{ programs: string[], walls: Walls, secret: string, patience: number }} given
 */
function prepare({ programs, walls, secret, patience }) {
  if (window !== window.top) return;
  const page = /** @type {any} */ (window);
  page.canary = secret;
  page.heard = [];
  addEventListener("message", ({ data }) => page.heard.push(data));
  addEventListener("popstate", () => page.heard.push(location.hash));
  new BroadcastChannel("canary").onmessage = ({ data }) => page.heard.push(data);
  const blob = URL.createObjectURL(new Blob([secret]));

  new MutationObserver((_, observer) => {
    const figure = document.querySelector("figure.galley-example:has(script.galley-data)");
    if (!figure?.nextSibling) return;
    observer.disconnect();
    const copies = programs.map((source) => {
      const copy = /** @type {Element} */ (figure.cloneNode(true));
      const island = /** @type {Element} */ (copy.querySelector("script.galley-data"));
      const files = [{ path: "/main.js", source: source.replaceAll("BLOB-ADDRESS", blob) }];
      island.textContent = JSON.stringify({ files, entry: "/main.js", kind: "commonjs", time_ms: patience });
      return copy;
    });
    for (const other of document.querySelectorAll("figure.galley-example")) if (other !== figure) other.remove();
    figure.replaceWith(...copies);
  }).observe(document, { childList: true, subtree: true });

  if (walls === "sandbox") return;
  // What the worker would delete of its globals stays.
  const openDoors = `{
    globalThis.browser = Object.fromEntries(["Blob", "URL"].map((name) => [name, globalThis[name]]));
    const remove = Reflect.deleteProperty;
    const isGlobal = (object) => object === globalThis || Object.prototype.isPrototypeOf.call(object, globalThis);
    Reflect.deleteProperty = (object, name) => isGlobal(object) || remove(object, name);
  }`;
  let text = "";
  Object.defineProperty(window, "galleySandbox", { get: () => text, set: (value) => (text = openDoors + value) });
  if (walls === "doors") return;

  const { setAttribute } = Element.prototype;
  HTMLIFrameElement.prototype.setAttribute = function (name, value) {
    if (name !== "sandbox") setAttribute.call(this, name, value);
  };
  const threadInsteadOfWorker = `Worker = class {
    constructor(address) {
      const request = new XMLHttpRequest();
      request.open("GET", address, false);
      request.send();
      this.frame = document.documentElement.appendChild(document.createElement("iframe"));
      this.frame.contentWindow.eval(request.responseText);
    }
    postMessage(data, ports) {
      const { MessageEvent } = this.frame.contentWindow;
      this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data, ports }));
    }
    terminate() {}
  };`;
  const endless = "Worker.prototype.terminate = () => {};";
  const srcdoc = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "srcdoc"));
  Object.defineProperty(HTMLIFrameElement.prototype, "srcdoc", {
    set(text) {
      // What is not shown is not loaded.
      this.hidden = false;
      const script = `<script>${walls === "thread" ? threadInsteadOfWorker : endless}</script>`;
      srcdoc.set?.call(this, text.replace(/<meta http-equiv[^>]*>/, script));
    },
  });
  // The page believes messages of frames without an origin only.
  Object.defineProperty(MessageEvent.prototype, "origin", { get: () => "null" });
}

/** Puts the secret into each store of the page. @param {string} secret */
async function plant(secret) {
  /** @param {() => unknown} keep */
  const where = async (keep) => {
    try {
      await keep();
    } catch {
      // There is none: probes.mjs says so.
    }
  };
  await where(() => localStorage.setItem("canary", secret));
  await where(() => sessionStorage.setItem("canary", secret));
  await where(() => (document.cookie = `canary=${secret}`));
  await where(async () => (await caches.open("canary")).put("http://canary.invalid/", new Response(secret)));
  await where(
    () =>
      new Promise((resolve, reject) => {
        const opens = indexedDB.open("canary");
        opens.onupgradeneeded = () => opens.result.createObjectStore("canary");
        opens.onerror = reject;
        opens.onsuccess = () => {
          const transaction = opens.result.transaction("canary", "readwrite");
          transaction.objectStore("canary").put(secret, 1);
          transaction.oncomplete = () => (opens.result.close(), resolve(undefined));
        };
      }),
  );
  await where(async () => {
    const file = await (await navigator.storage.getDirectory()).getFileHandle("canary", { create: true });
    const writer = await file.createWritable();
    await writer.write(secret);
    await writer.close();
  });
  await where(() => new Promise((resolve) => void navigator.locks.request(secret, () => (resolve(undefined), new Promise(() => {})))));
}
