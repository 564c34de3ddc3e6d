// The arrows of a picture: from a row to the title of the object that it holds. An arrow that passes a column goes through
// a gap between its boxes, so that it never seems to begin at one of them.

/** @import { Box } from "./layout.js" */

import { rowAt, TITLE } from "./layout.js";

/** @typedef {{ path: string, head: string, isNew: boolean, isBack: boolean }} Arrow `isBack`: it leaves its row to the left */

/** How far an arrow keeps from boxes that it passes. */
const CLEARANCE = 0.4;
/** How far it bends out to the right inside a column. */
const LOOP = 1.7;
const TIP = 0.55;

/**
 * @param {Box} from
 * @param {string} key of its row
 * @param {Box} to
 * @param {boolean} isNew
 * @param {Box[]} boxes all objects that the picture shows
 * @returns {Arrow}
 */
export function arrow(from, key, to, isNew, boxes) {
  const y = rowAt(from, key);
  const end = to.y + TITLE / 2;
  if (to.column === from.column) {
    const right = rightOf(from.column, boxes, from);
    const tip = to.x + to.width + 0.1;
    const out = Math.max(right, tip) + LOOP;
    const path = `${move(from.x + from.width, y)}C${points(out, y, out, end, tip + TIP, end)}`;
    return { isNew, isBack: false, path, head: head(tip, end, 1) };
  }
  const side = to.column > from.column ? 1 : -1;
  const start = side > 0 ? from.x + from.width : from.x;
  const tip = side > 0 ? to.x - 0.1 : to.x + to.width + 0.1;
  const stops = [];
  // The right edge of its own column, where a wider box may stand above or below.
  if (side > 0 && from.column > 0) stops.push([rightOf(from.column, boxes, from), y]);
  for (let column = from.column + side; column !== to.column; column += side) {
    const passed = boxes.filter((box) => box.column === column);
    if (passed.length === 0) continue;
    const edges = [Math.min(...passed.map(({ x }) => x)) - 0.3, Math.max(...passed.map(({ x, width }) => x + width)) + 0.3];
    const height = gap(passed, (stops.at(-1)?.[1] ?? y) * 0.7 + end * 0.3);
    stops.push(...(side > 0 ? edges : edges.reverse()).map((x) => [x, height]));
  }
  stops.push([tip - side * TIP, end]);
  let path = move(start, y);
  let [x, last] = [start, y];
  for (const [nextX, nextY] of stops) {
    const middle = (x + nextX) / 2;
    path += nextY === last ? `H${points(nextX)}` : `C${points(middle, last, middle, nextY, nextX, nextY)}`;
    [x, last] = [nextX, nextY];
  }
  // Where it leaves to the left there is no dot in the row.
  const dot = side < 0 ? `${move(start - 0.3, y)}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z` : "";
  return { isNew, isBack: side < 0, path, head: head(tip, end, /** @type {1 | -1} */ (-side)) + dot };
}

/** The right edge of a column. @param {number} column @param {Box[]} boxes @param {Box} own */
const rightOf = (column, boxes, own) => Math.max(own.x + own.width, ...boxes.filter((box) => box.column === column).map(({ x, width }) => x + width));

/** The height nearest to the wanted one at which no box stands. @param {Box[]} boxes @param {number} wanted */
function gap(boxes, wanted) {
  const isFree = (/** @type {number} */ y) => boxes.every((box) => y <= box.y - CLEARANCE || y >= box.y + box.height + CLEARANCE);
  const heights = [wanted, ...boxes.flatMap((box) => [box.y - CLEARANCE, box.y + box.height + CLEARANCE])];
  return heights.filter(isFree).reduce((best, y) => (Math.abs(y - wanted) < Math.abs(best - wanted) ? y : best), Infinity);
}

/** @param {number} x @param {number} y */
const move = (x, y) => `M${points(x, y)}`;

/** @param {...number} ems in tenths, as the picture's coordinates are */
const points = (...ems) => ems.map((em) => Math.round(em * 10)).join(" ");

/** @param {number} x @param {number} y @param {1 | -1} side where it comes from */
const head = (x, y, side) => `${move(x, y)}l${side * 7} -4v8z`;
