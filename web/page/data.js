/**
 * Reads the data that the build wrote into the page as JSON. A page may come from another version of the build,
 * or from an author's own template, so each field is looked at before it is believed.
 */

/**
 * @typedef {object} ExampleData
 * @property {ProgramData} program
 * @property {string | null} stdout What the verified run printed; null: not known.
 * @property {{ text: string, start: number, end: number } | null} own The example's own code in the entry; null: it can't be edited.
 * @property {import("./claims.js").Stated[]} claims What the statements did that its claims speak of.
 * @property {number} time Milliseconds that a run may take.
 * @property {number} firstLine Line of the entry on which the code that the page shows begins.
 */

/**
 * What the sandbox runs.
 * @typedef {object} ProgramData
 * @property {import("../protocol.js").SourceText[]} files
 * @property {string} entry
 * @property {import("../protocol.js").Kind | null} kind null: its syntax decides.
 * @property {import("../protocol.js").Watched[]} watch Statements of the entry that are said to throw.
 * @property {import("./sandbox/claims.js").Edited} [edited] The reader has changed the entry.
 * @property {import("../protocol.js").Stepping} [stepped] It is run for its steps.
 * @property {boolean} tests The entry registers tests.
 * @property {number} turns Macrotasks of one run.
 * @property {number} seed
 * @property {number} now Milliseconds since the epoch at which the program's clock starts.
 * @property {import("../protocol.js").Zone} zone The program's local time, whatever the reader's is.
 */

/** The page's deadline comes first in all but the busiest examples. */
const TURNS = 100_000;

/** The time of a program whose data do not say. Milliseconds. */
const TIME = 5000;

/** The clock and the dice of a program whose data do not say: the same for each reader and each run. */
const DEFAULT_SEED = 1;
const DEFAULT_NOW = Date.UTC(2024, 0, 1);
/** @type {import("../protocol.js").Zone} */
const DEFAULT_ZONE = { name: "UTC", words: ["Coordinated Universal Time", null], changes: [[null, 0, 0]] };

/**
 * @param {Element} container the example's figure
 * @returns {ExampleData | null} null: it has nothing to run
 */
export function readExample(container) {
  const data = readIsland(container.querySelector("script.galley-data"));
  if (!data || !Array.isArray(data.files) || !data.files.every(isSource)) return null;
  if (!data.files.some((/** @type {any} */ file) => file.path === data.entry)) return null;
  return {
    program: {
      files: data.files,
      entry: data.entry,
      kind: data.kind === "module" || data.kind === "script" ? data.kind : "commonjs",
      watch: Array.isArray(data.watch) ? data.watch : [],
      tests: false,
      turns: TURNS,
      ...readConditions(data),
    },
    stdout: typeof data.stdout === "string" ? data.stdout : null,
    firstLine: Number.isInteger(data.first_line) ? data.first_line : 1,
    own: readOwn(data),
    time: Number.isInteger(data.time_ms) ? data.time_ms : TIME,
    claims: Array.isArray(data.claims) ? data.claims.filter(isStated) : [],
  };
}

/** @param {any} data */
function readOwn({ files, entry, own }) {
  if (!Array.isArray(own) || !own.every(Number.isInteger)) return null;
  const { source } = files.find((/** @type {any} */ file) => file.path === entry);
  const [start, all] = own;
  // The last line break is the fence's; the page shows no empty line for it.
  const end = source[all - 1] === "\n" ? all - 1 : all;
  return { text: source.slice(start, end), start, end };
}

/** @param {any} claim */
function isStated(claim) {
  const lists = [claim?.values, claim?.prints, claim?.threw];
  return Number.isInteger(claim?.statement) && typeof claim.comment === "string" && lists.every((list) => Array.isArray(list));
}

/** @param {any} data */
function readConditions(data) {
  return {
    seed: Number.isFinite(data?.seed) ? data.seed : DEFAULT_SEED,
    now: Number.isFinite(data?.now) ? data.now : DEFAULT_NOW,
    zone: isZone(data?.zone) ? data.zone : DEFAULT_ZONE,
  };
}

/**
 * @typedef {object} ExerciseData
 * @property {string} name
 * @property {string} answer The path of the answer's file among those of the program.
 * @property {string} starter
 * @property {ProgramData} program
 * @property {{ time: number, output: number }} limits Milliseconds, and characters of printed text.
 * @property {string | null} output What the answer must print; null: it must pass tests.
 * @property {string[]} tests The names of the tests that there must be.
 * @property {WrongAnswer[]} wrong
 * @property {string | null} reveal When the solution is shown: "always", "attempt", "pass".
 */

/**
 * A common wrong answer: what it fails at, each time with what was received instead.
 * @typedef {{ name: string, message: string | null, signature: [string, string][] }} WrongAnswer
 */

/**
 * @param {Element} container the exercise's section
 * @returns {ExerciseData | null} null: it can't be checked here
 */
export function readExercise(container) {
  const data = readIsland(container.querySelector(":scope > script.galley-data"));
  const program = data?.program;
  if (typeof data?.name !== "string" || typeof data.starter !== "string") return null;
  if (!Array.isArray(program?.files) || !program.files.every(isSource)) return null;
  const has = (/** @type {string} */ path) => program.files.some((/** @type {any} */ file) => file.path === path);
  if (!has(data.answer) || !has(program.entry)) return null;
  return {
    name: data.name,
    answer: data.answer,
    starter: data.starter,
    program: {
      files: program.files,
      entry: program.entry,
      kind: program.kind === "module" || program.kind === "commonjs" ? program.kind : null,
      watch: [],
      tests: program.tests === true,
      turns: program.limits?.turns ?? TURNS,
      ...readConditions(program.conditions),
    },
    limits: { time: program.limits?.timeMs ?? TIME, output: program.limits?.output ?? 256 * 1024 },
    output: typeof data.output === "string" ? data.output : null,
    tests: Array.isArray(data.tests) ? data.tests.map(String) : [],
    wrong: Array.isArray(data.wrong) ? data.wrong.filter((/** @type {any} */ wrong) => typeof wrong?.name === "string" && Array.isArray(wrong.signature)) : [],
    reveal: typeof data.reveal === "string" ? data.reveal : null,
  };
}

/** @param {any} file */
function isSource(file) {
  return file !== null && typeof file === "object" && typeof file.path === "string" && typeof file.source === "string";
}

/** @param {any} zone */
function isZone(zone) {
  return typeof zone?.name === "string" && Array.isArray(zone.words) && Array.isArray(zone.changes) && zone.changes.length > 0 && zone.changes.every(Array.isArray);
}

/** What the build wrote there; null: nothing that can be read. @param {Element | null} island @returns {any} */
function readIsland(island) {
  try {
    return JSON.parse(island?.textContent ?? "");
  } catch {
    return null;
  }
}
