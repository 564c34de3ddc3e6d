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
 * @param {{ printed: string, from: number, signal: AbortSignal }} plain `printed`: by the first run; `from`: the line of the entry on which the example begins
 * @returns {Promise<{ html: string, note: string } | { reason: string }>}
 */
async function drawSteps(run, worker, program, { printed, from, signal }) {
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
  });
  if (ended.type === "stopped") return { reason: "" };
  if (typeof told !== "string" || told.length > LONGEST) return { reason: "The steps of this program can't be told." };
  if (again !== printed) return { reason: "This program prints something else when its steps are told, so they are not shown." };
  const { steps } = JSON.parse(told);
  if (!Array.isArray(steps) || steps.length === 0) return { reason: "This program has no step to show." };
  const shown = steps.slice(0, MOST);
  const drawing = { steps: shown, before: null, entry: program.entry, from, hidden: [], group: `galley-steps-edited-${count++}` };
  const html = draw(JSON.stringify(drawing));
  return { html, note: steps.length > MOST ? `The first ${MOST} steps` : "" };
}
