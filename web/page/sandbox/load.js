/** Loads the sandbox's program texts when a reader first runs something. */
import { loadScript } from "../load.js";

/** The parts that programs on this page have asked for so far; the next ones get them at once. @type {Record<string, string>} */
export const loadedParts = {};

/** @returns {Promise<string>} the text that runs inside the sandbox's worker */
export function loadSandbox() {
  return load("sandbox", () => globalThis.galleySandbox);
}

/** For each part the parts that its chunks soon ask for, so that the program is not begun again for them. @type {Record<string, string[]>} */
export const ALONG = { tools: [], expect: [], common: [], steps: [], builtins: ["common"] };

/** @param {string} part one of parts.js */
export async function loadPart(part) {
  loadedParts[part] = await load(part, () => globalThis.galleyParts?.[part]);
}

/** @param {string} name @param {() => unknown} result @returns {Promise<string>} */
async function load(name, result) {
  await loadScript(`galley/${name}.js`);
  const text = result();
  if (typeof text !== "string") throw new Error(`galley/${name}.js of this book is not what it should be.`);
  return text;
}
