/**
 * The page's side of the sandbox: a frame with an origin of its own and no network, in it a worker for each run.
 * Author's code runs in that worker only: never in the frame's thread, which could navigate, never in a worker of
 * the page, which shares the book's storage. The page owns the clock and the caps, and ends what overstays by
 * removing the frame: a frame that is flooded with messages would not hear a request to stop.
 *
 * A message counts when its source is the frame, its origin is "null" and it carries the frame's nonce. Each run
 * has a channel of its own, whose messages are read by type and size.
 */

import { ALONG, loadedParts, loadPart } from "./load.js";

/** @typedef {import("../../protocol.js").Outcome} Outcome */
/** @typedef {import("../../protocol.js").TestResult} TestResult */
/** @typedef {import("../../protocol.js").Thrown} Thrown */
/** @typedef {import("../data.js").ProgramData} ProgramData */
/** @typedef {{ stream: "stdout" | "stderr", text: string }} Print */

/**
 * How a run ended, in the page's eyes. blocked: it never began.
 * @typedef {Exclude<Outcome, { type: "timed-out" }>
 *   | { type: "timed-out", seconds: number }
 *   | { type: "stopped" }
 *   | { type: "blocked", reason: string }} Ended
 */

/**
 * @typedef {object} Frame
 * @property {HTMLIFrameElement} element
 * @property {Window} window
 * @property {string} nonce
 */

/** Time for the frame and the worker to come up. Milliseconds. */
const START_WITHIN = 10_000;

/** What a run may print. The worker is given the same numbers; these here hold whatever it does. */
const MAX_LINES = 2000;
const MAX_CHARACTERS = 64 * 1024;

/** Words about tests that one run may send. */
const MAX_NEWS = 50_000;

/** Words about claims that one run may send. */
const MAX_SEEN = 5000;

const BLOCKED =
  "Perhaps the site's Content-Security-Policy forbids it: it has to allow 'unsafe-eval' and blob: in script-src and worker-src.";

/** A frame whose last run ended by itself; the next run takes it and saves the time that a new one needs. @type {Frame | null} */
let idle = null;

/**
 * What a test's host tells of it: see `Host.test` of protocol.d.ts.
 * @typedef {{ id: number, result: TestResult, index: number | null, runs: boolean }} TestNews
 */

/**
 * @typedef {object} RunOptions
 * @property {(print: Print, whole: boolean) => void} onPrint not whole: the rest is over the limit
 * @property {(error: Thrown) => void} onThrew an error behind which the program goes on, as its text says
 * @property {(test: TestNews) => void} [onTest]
 * @property {(seen: import("../claims.js").Seen) => void} [onSeen] what claims come to, in code that was edited
 * @property {(json: string) => void} [onStepped] the steps of a program that is run for them
 * @property {() => void} [onRestart] it begins anew, with more of the runtime: what was told so far is void
 * @property {AbortSignal} signal
 * @property {number} endWithin milliseconds
 * @property {number} [maxLines]
 * @property {number} [maxCharacters]
 */

/**
 * Runs a program in the sandbox. Throws only when a part of the runtime that it needs can't be loaded.
 * @param {string} workerText the text of the bundled worker.js
 * @param {ProgramData} program
 * @param {RunOptions} options
 * @returns {Promise<{ ended: Ended, tests: TestResult[] | null }>} tests: null when it was ended from outside
 */
export async function run(workerText, program, options) {
  for (;;) {
    const ran = await runOnce(workerText, program, options);
    if (ran.ended.type !== "needs") return /** @type {any} */ (ran);
    const { part } = ran.ended;
    await Promise.all([part, ...ALONG[part]].map(loadPart));
    options.onRestart?.();
  }
}

/**
 * @param {string} workerText
 * @param {ProgramData} program
 * @param {RunOptions} options
 * @returns {Promise<{ ended: Ended | { type: "needs", part: string }, tests: TestResult[] | null }>}
 */
async function runOnce(workerText, program, options) {
  const { onPrint, onThrew, onTest, onSeen, onStepped, signal, endWithin, maxLines = MAX_LINES, maxCharacters = MAX_CHARACTERS } = options;
  if (signal.aborted) return { ended: { type: "stopped" }, tests: null };
  const frame = idle ?? (await openFrame(signal));
  idle = null;
  if (!frame) return { ended: signal.aborted ? { type: "stopped" } : { type: "blocked", reason: BLOCKED }, tests: null };

  const channel = new MessageChannel();
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  /** @type {() => void} */
  let unlisten = () => {};
  let started = false;
  let over = false;
  let lines = 0;
  let characters = 0;
  let news = 0;
  let seen = 0;
  /** @type {TestResult[] | null} */
  let tests = null;

  /** @type {Promise<Ended | { type: "needs", part: string }>} */
  const ended = new Promise((settle) => {
    /** @param {Ended | { type: "needs", part: string }} how */
    const resolve = (how) => {
      over = true;
      settle(how);
    };
    timer = setTimeout(() => resolve({ type: "blocked", reason: BLOCKED }), START_WITHIN);
    signal.addEventListener("abort", () => resolve({ type: "stopped" }), { once: true });

    unlisten = listen(frame, (message) => {
      if (message.type !== "worker-failed") return;
      resolve(started ? { type: "crashed", reason: "an error outside the program." } : { type: "blocked", reason: BLOCKED });
    });

    channel.port1.onmessage = ({ data: message }) => {
      if (over) return;
      switch (message?.type) {
        case "started":
          started = true;
          clearTimeout(timer);
          timer = setTimeout(() => resolve({ type: "timed-out", seconds: endWithin / 1000 }), endWithin);
          break;
        case "refused":
          resolve({ type: "blocked", reason: BLOCKED });
          break;
        case "needs":
          if (message.part in ALONG && !(message.part in loadedParts)) resolve({ type: "needs", part: message.part });
          break;
        case "print": {
          const print = readPrint(message);
          if (!print) break;
          lines += print.text.split("\n").length - 1;
          characters += print.text.length;
          const spare = Math.max(0, characters - maxCharacters);
          onPrint({ ...print, text: print.text.slice(0, print.text.length - spare) }, spare === 0);
          if (lines >= maxLines) resolve({ type: "limit", what: `${maxLines} lines of output` });
          else if (spare > 0) resolve({ type: "limit", what: `${maxCharacters} characters of output` });
          break;
        }
        case "threw":
          if (lines++ < maxLines) onThrew(readThrown(message.error));
          break;
        case "statements":
          if (Array.isArray(message.statements)) onSeen?.({ statements: message.statements.slice(0, MAX_SEEN).map(Boolean) });
          break;
        case "seen":
          if (seen++ < MAX_SEEN) onSeen?.({ claim: Number(message.claim), what: readWhat(message.what), text: short(message.text) });
          break;
        case "test":
          if (news++ < MAX_NEWS) onTest?.({ id: Number(message.id), result: readTest(message.result), index: readIndex(message.index), runs: message.runs === true });
          break;
        case "stepped":
          if (typeof message.json === "string") onStepped?.(message.json);
          break;
        case "ended":
          tests = Array.isArray(message.tests) ? message.tests.slice(0, MAX_NEWS).map(readTest) : [];
          resolve(readOutcome(message.outcome));
          break;
      }
    };
    frame.window.postMessage({ type: "run", workerText, run: { program, parts: loadedParts, maxLines, maxCharacters } }, "*", [channel.port2]);
  });

  const outcome = await ended;
  // @ts-ignore: assigned by the promise's function, which has run.
  clearTimeout(timer);
  unlisten();
  channel.port1.close();
  if (ENDED_BY_ITSELF.has(outcome.type) && !idle) {
    idle = frame;
    frame.window.postMessage({ type: "end" }, "*");
  } else {
    frame.element.remove();
  }
  return { ended: outcome, tests };
}

/** After these the frame's thread is known to answer. */
const ENDED_BY_ITSELF = new Set(["needs", "completed", "threw", "syntax-error", "exited", "unsettled", "unsupported"]);

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Frame | null>} null: it never said that it is there
 */
function openFrame(signal) {
  const nonce = randomHex();
  const element = document.createElement("iframe");
  element.setAttribute("sandbox", "allow-scripts");
  element.setAttribute("aria-hidden", "true");
  element.tabIndex = -1;
  element.title = "Sandbox";
  element.hidden = true;
  element.srcdoc = frameDocument(nonce);
  document.body.append(element);
  const window = element.contentWindow;
  if (!window) return Promise.resolve(null);
  const frame = { element, window, nonce };
  return new Promise((resolve) => {
    /** @param {Frame | null} result */
    const settle = (result) => {
      clearTimeout(timer);
      unlisten();
      signal.removeEventListener("abort", abandon);
      if (!result) element.remove();
      resolve(result);
    };
    const abandon = () => settle(null);
    const timer = setTimeout(abandon, START_WITHIN);
    signal.addEventListener("abort", abandon);
    const unlisten = listen(frame, (message) => {
      if (message.type === "hello") settle(frame);
    });
  });
}

/**
 * @param {Frame} frame
 * @param {(message: { type: unknown }) => void} hear
 * @returns {() => void} ends it
 */
function listen(frame, hear) {
  /** @param {MessageEvent} event */
  const listener = (event) => {
    if (event.source !== frame.window || event.origin !== "null") return;
    if (event.data?.nonce === frame.nonce) hear(event.data);
  };
  window.addEventListener("message", listener);
  return () => window.removeEventListener("message", listener);
}

/**
 * The frame's document. Its policy, which the worker inherits, lets nothing in or out: no network, no forms, no
 * script but the one here and what the worker compiles.
 * @param {string} nonce
 */
function frameDocument(nonce) {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'unsafe-eval' blob:`,
    "worker-src blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return (
    `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<title>Sandbox</title><script nonce="${nonce}">(${frameScript})(${JSON.stringify(nonce)})</script>`
  );
}

/**
 * Runs inside the frame, so it may use nothing from out here. It starts the worker, hands it the run's port and
 * takes no further part.
 * @param {string} nonce
 */
function frameScript(nonce) {
  /** @type {Worker | null} */
  let worker = null;
  const tell = (/** @type {string} */ type) => parent.postMessage({ type, nonce }, "*");
  addEventListener("message", (event) => {
    if (event.source !== parent) return;
    worker?.terminate();
    worker = null;
    if (event.data.type !== "run") return;
    try {
      const url = URL.createObjectURL(new Blob([event.data.workerText], { type: "text/javascript" }));
      worker = new Worker(url);
      worker.onerror = () => tell("worker-failed");
      worker.postMessage(event.data.run, [event.ports[0]]);
    } catch {
      tell("worker-failed");
    }
  });
  tell("hello");
}

/**
 * @param {any} message
 * @returns {Print | null}
 */
function readPrint(message) {
  if (typeof message.text !== "string") return null;
  return { stream: message.stream === "stderr" ? "stderr" : "stdout", text: message.text };
}

/**
 * @param {any} outcome
 * @returns {Ended}
 */
function readOutcome(outcome) {
  const type = outcome?.type;
  switch (type) {
    case "completed":
    case "unsettled":
    case "out-of-memory":
      return { type };
    case "exited":
      return { type, code: Number(outcome.code) };
    case "unsupported":
    case "limit":
      return { type, what: short(outcome.what) };
    case "threw":
    case "syntax-error":
      return { type, error: readThrown(outcome.error) };
    case "crashed":
      return { type, reason: short(outcome.reason) };
    default:
      return { type: "crashed", reason: `it ended as ${short(type)}.` };
  }
}

/** @param {unknown} what */
const readWhat = (what) => (what === "values" || what === "threw" ? what : "prints");

/** @type {TestResult["status"][]} */
const STATUSES = ["passed", "failed", "skipped", "todo", "not-run"];

/**
 * @param {any} result
 * @returns {TestResult}
 */
function readTest(result) {
  const text = (/** @type {unknown} */ value) => (typeof value === "string" ? value.slice(0, MAX_TEST_TEXT) : null);
  return {
    name: text(result?.name) ?? "",
    status: STATUSES.find((status) => status === result?.status) ?? "failed",
    message: text(result?.message),
    expected: text(result?.expected),
    actual: text(result?.actual),
    output: text(result?.output) ?? "",
  };
}

const MAX_TEST_TEXT = 1_000_000;

/** @param {unknown} index */
const readIndex = (index) => (Number.isInteger(index) ? Number(index) : null);

/**
 * @param {any} error
 * @returns {Thrown}
 */
function readThrown(error) {
  return {
    name: short(error?.name ?? ""),
    message: short(error?.message ?? ""),
    code: typeof error?.code === "string" ? short(error.code) : null,
    file: typeof error?.file === "string" ? short(error.file) : null,
    line: Number.isInteger(error?.line) ? error.line : null,
    stack: "",
  };
}

/** @param {unknown} text */
function short(text) {
  return String(text).slice(0, 10_000);
}

function randomHex() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
