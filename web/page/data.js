/**
 * Reads the data that the build wrote into the page as JSON. A page may come from another version of the build,
 * or from an author's own template, so each field is looked at before it is believed.
 */

/**
 * @typedef {object} ExampleData
 * @property {ProgramData} program
 * @property {string | null} stdout What the verified run printed; null: not known.
 * @property {number} firstLine Line of the entry on which the code that the page shows begins.
 */

/**
 * What the sandbox runs.
 * @typedef {object} ProgramData
 * @property {import("../protocol.js").SourceText[]} files
 * @property {string} entry
 * @property {import("../protocol.js").Kind} kind
 * @property {import("../protocol.js").Watched[]} watch Statements of the entry that are said to throw.
 * @property {number} seed
 * @property {number} now Milliseconds since the epoch at which the program's clock starts.
 * @property {import("../protocol.js").Zone} zone The program's local time, whatever the reader's is.
 */

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
  const island = container.querySelector("script.galley-data");
  if (!island) return null;
  /** @type {any} */
  let data;
  try {
    data = JSON.parse(island.textContent ?? "");
  } catch {
    return null;
  }
  if (!data || !Array.isArray(data.files) || !data.files.every(isSource)) return null;
  if (!data.files.some((/** @type {any} */ file) => file.path === data.entry)) return null;
  return {
    program: {
      files: data.files,
      entry: data.entry,
      kind: data.kind === "module" || data.kind === "script" ? data.kind : "commonjs",
      watch: Array.isArray(data.watch) ? data.watch : [],
      seed: Number.isFinite(data.seed) ? data.seed : DEFAULT_SEED,
      now: Number.isFinite(data.now) ? data.now : DEFAULT_NOW,
      zone: isZone(data.zone) ? data.zone : DEFAULT_ZONE,
    },
    stdout: typeof data.stdout === "string" ? data.stdout : null,
    firstLine: Number.isInteger(data.first_line) ? data.first_line : 1,
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
