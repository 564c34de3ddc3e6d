// Where each file's box stands: in columns by the longest way from the file that starts, each as near as there is room to
// the row that asks for it first. All measures are in em.

/** @import { ModuleEdge } from "../../protocol.d.ts" */
/** @import { Box } from "../steps/layout.js" */
/** @import { File } from "./files.js" */

import { BETWEEN, CHARACTER, COLUMN_GAP, DOT, OBJECT_GAP, PADDING, TITLE, TITLE_CHARACTER, heightOf, lengthOf, rowAt } from "../steps/layout.js";
import { isCircle, isFile, nameOf } from "./files.js";

/** The number before a file's name, and the room behind it. */
const NUMBER = 1.8;
/** Room for the arrow of a file that asks for itself, to the right of the last column. */
const LOOP = 2.2;

/** The row below all others, for a file that did not run to its end. */
export const STATE = "state";

/** What stands there. */
const STATES = { ended: "", stopped: "stopped before its end", unrun: "never ran", unloaded: "not loaded" };

/** @param {File} file */
export const stateOf = ({ state }) => STATES[state];

/** What a row says on its left. @param {ModuleEdge} edge */
export const labelOf = ({ how, specifier }) => `${how} ${specifier}`;

/** And on its right. @param {ModuleEdge} edge */
export const remarkOf = (edge) => (isCircle(edge) ? edge.state : "");

/** @param {File[]} files @param {string} entry */
export function layOut(files, entry) {
  const columns = columnsOf(files, entry);
  /** @type {Map<string, Box>} */
  const boxes = new Map();
  let x = 0;
  for (let column = 0; boxes.size < files.length; column++) {
    const own = files.filter(({ path }) => columns.get(path) === column);
    const width = Math.max(...own.map(widthOf));
    placeColumn(own, { x, width, column }, files, boxes);
    x += width + COLUMN_GAP;
  }
  const height = Math.max(...[...boxes.values()].map((box) => box.y + box.height));
  const last = Math.max(...columns.values());
  const loops = files.some(({ path, edges }) => columns.get(path) === last && edges.some(({ to }) => to === path));
  return { boxes, width: x - COLUMN_GAP + (loops ? LOOP : 0), height };
}

/** @param {File} file */
function widthOf(file) {
  const title = lengthOf(nameOf(file.path)) * TITLE_CHARACTER + file.numbers.length * NUMBER;
  const rows = file.edges.map((edge) => (lengthOf(labelOf(edge)) + lengthOf(remarkOf(edge))) * CHARACTER + BETWEEN + (remarkOf(edge) === "" && isFile(edge.to) ? DOT : 0));
  return Math.max(title, ...rows, lengthOf(stateOf(file)) * CHARACTER) + 2 * PADDING;
}

/** @param {File[]} files @param {{ x: number, width: number, column: number }} column @param {File[]} all @param {Map<string, Box>} boxes those of the columns before it */
function placeColumn(files, { x, width, column }, all, boxes) {
  const placed = new Map(boxes);
  const wanted = new Map(files.map(({ path }) => [path, firstRow(path, all, placed) - TITLE / 2]));
  const height = (/** @type {File} */ file) => Number(wanted.get(file.path));
  let free = -Infinity;
  for (const file of [...files].sort((a, b) => height(a) - height(b))) {
    const keys = [...file.edges.keys()].map(String);
    if (stateOf(file) !== "") keys.push(STATE);
    const y = Math.max(free, 0, height(file));
    boxes.set(file.path, { x, y, width, height: heightOf(keys.length), column, keys });
    free = y + heightOf(keys.length) + OBJECT_GAP;
  }
}

/** Where the first row is that asks for a file; 0: none is placed. @param {string} path @param {File[]} files @param {Map<string, Box>} placed */
function firstRow(path, files, placed) {
  for (const file of files) {
    const box = placed.get(file.path);
    const at = file.edges.findIndex(({ to }) => to === path);
    if (box && at >= 0) return rowAt(box, String(at));
  }
  return 0;
}

/** The longest way to each file, but for ways back to where one came from. @param {File[]} files @param {string} entry @returns {Map<string, number>} */
function columnsOf(files, entry) {
  const targets = new Map(files.map(({ path, edges }) => [path, edges.map(({ to }) => to).filter(isFile)]));
  /** @type {Set<string>} */
  const above = new Set();
  /** Each behind all that it asks for, with that. @type {Map<string, string[]>} */
  const finished = new Map();
  /** @type {Set<string>} */
  const seen = new Set();
  const visit = (/** @type {string} */ path) => {
    if (seen.has(path)) return;
    seen.add(path);
    above.add(path);
    const onward = (targets.get(path) ?? []).filter((to) => {
      if (above.has(to)) return false;
      visit(to);
      return true;
    });
    above.delete(path);
    finished.set(path, onward);
  };
  for (const path of [entry, ...targets.keys()]) visit(path);
  const columns = new Map(files.map(({ path }) => [path, 0]));
  for (const [path, onward] of [...finished].reverse()) {
    const next = Number(columns.get(path)) + 1;
    for (const to of onward) columns.set(to, Math.max(Number(columns.get(to)), next));
  }
  return columns;
}
