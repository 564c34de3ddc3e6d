/**
 * The steps of code that the reader has changed, as the build makes those of the author's: a second run, for the steps, that
 * must print what the first one printed. Loaded when a reader first asks for them.
 */
import draw from "../tools/steps/drawing.js";

globalThis.galleyDrawing = drawSteps;

/** A drawing of more steps helps nobody. */
const MOST = 60;
/** Of the steps' data. Characters. */
const LONGEST = 4_000_000;

/** How many drawings this page has made. */
let count = 0;

/**
 * @param {typeof import("./sandbox/frame.js").run} run
 * @param {string} worker the text of the sandbox's worker
 * @param {import("./data.js").ProgramData} program
 * @param {{ printed: string, ended: import("./sandbox/frame.js").Ended, from: number, signal: AbortSignal, endWithin: number }} plain `printed` and `ended`: of the first run; `from`: the line of the entry on which the example begins
 * @returns {Promise<{ html: string, note: string } | { reason: string }>}
 */
async function drawSteps(run, worker, program, { printed, ended: plain, from, signal, endWithin }) {
  // Only the build sees what they stand for without calling them.
  if (program.files.some(({ source }) => /\bProxy\b/.test(source))) return { reason: "The steps of a program with proxies can't be told here." };
  let again = "";
  /** @type {unknown} */
  let told = null;
  const stepped = { endOnly: false, from, watch: [], hide: [] };
  const { ended } = await run(worker, { ...program, stepped }, {
    onPrint: ({ text }) => void (again += text),
    onThrew: () => {},
    onRestart: () => void (again = ""),
    onStepped: (json) => void (told = json),
    signal,
    endWithin,
  });
  if (ended.type === "stopped") return { reason: "" };
  if (typeof told !== "string" || told.length > LONGEST) return { reason: "The steps of this program can't be told." };
  if (again !== printed || endOf(ended) !== endOf(plain)) return { reason: "This program prints something else when its steps are told, so they are not shown." };
  const { steps } = JSON.parse(told);
  if (!Array.isArray(steps) || steps.length === 0) return { reason: "This program has no step to show." };
  const shown = steps.slice(0, MOST);
  const drawing = { steps: shown, before: null, entry: program.entry, from, hidden: [], group: `galley-steps-edited-${count++}` };
  const html = draw(JSON.stringify(drawing));
  return { html, note: steps.length > MOST ? `The first ${MOST} steps` : "" };
}

/** How a run ended, but for the error's place in the text. @param {import("./sandbox/frame.js").Ended} ended */
function endOf(ended) {
  return "error" in ended ? `${ended.type} ${ended.error.name} ${ended.error.message}` : JSON.stringify(ended);
}
