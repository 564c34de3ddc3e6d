// Where each frame and each object of a run stands: in one place for all its steps, so that nothing jumps. Frames stand
// left, below each other; objects stand in columns by how far they are from the frames, each as near as there is room to
// the row that pointed at it first. An object that is gone leaves its room to others. All measures are in em.

/** @import { Cell, Step, StepFrame, StepObject } from "../../protocol.d.ts" */

/**
 * @typedef {object} Box
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {number} column 0: a frame
 * @property {string[]} keys of all the rows that it ever has, in order
 *
 * @typedef {{ frames: Map<number, Box>, objects: Map<number, Box>, inline: Set<number>, width: number, height: number }} Layout
 */

export const TITLE = 1.7;
export const ROW = 1.75;
/** Below the last row. */
const FOOT = 0.3;
export const CHARACTER = 0.602;
export const TITLE_CHARACTER = 0.56;
export const PADDING = 0.75;
export const BETWEEN = 1.1;
const FRAME_GAP = 0.9;
export const OBJECT_GAP = 0.8;
export const COLUMN_GAP = 4.2;
const COLUMNS = 3;
const NARROWEST = 6.5;
/** A reference's dot. */
export const DOT = 1;

/** The row of what a function returns. */
export const RETURN = "return";

/** @param {Step[]} steps @returns {Layout} */
export function layOut(steps) {
  const inline = findInline(steps);
  const columns = findColumns(steps, inline);
  const titles = new Map(steps.flatMap(({ objects }) => objects.map((one) => [one.id, one])));
  const frames = placeFrames(steps, titles, inline);
  const objects = placeObjects(steps, columns, frames, titles, inline);
  const all = [...frames.values(), ...objects.values()];
  // Where there was no room below, some stand above the first frame.
  const top = Math.min(0, ...all.map(({ y }) => y));
  for (const box of all) box.y -= top;
  return { frames, objects, inline, width: Math.max(...all.map(({ x, width }) => x + width), 0) + loopRoom(columns), height: Math.max(...all.map(({ y, height }) => y + height), 0) };
}

/** Arrows inside the last column bend out to the right. @param {Map<number, number>} columns */
const loopRoom = (columns) => (columns.size > 0 ? 2.2 : 0);

/** The rows of a frame at a step. @param {Step} step @param {StepFrame} frame @returns {[string, Cell][]} */
export function rowsOf({ kind, value }, { active, variables }) {
  const returned = active && kind === "returned" && value && !("t" in value && value.t === "undefined");
  return returned ? [...variables, [RETURN, value]] : variables;
}

/** Each cell with what it stands in. @param {Step} step @param {(cell: Cell, owner: StepFrame | StepObject) => void} visit */
function eachCell(step, visit) {
  for (const frame of step.frames) for (const [, cell] of rowsOf(step, frame)) visit(cell, frame);
  for (const object of step.objects) for (const [, cell] of object.rows) visit(cell, object);
}

/** Objects that are told in the cell that holds them: nothing is in them, and nothing else points at them. @param {Step[]} steps */
function findInline(steps) {
  /** @type {Set<number>} */
  const inline = new Set();
  /** @type {Set<number>} */
  const boxes = new Set();
  for (const step of steps) {
    /** @type {Map<number, number>} */
    const counts = new Map();
    eachCell(step, (cell) => {
      if ("o" in cell) counts.set(cell.o, (counts.get(cell.o) ?? 0) + 1);
    });
    for (const { id, kind, rows } of step.objects) {
      const isPlain = /^(function|class|short|opaque)$/.test(kind) && rows.length === 0;
      if (isPlain && (counts.get(id) ?? 0) < 2) inline.add(id);
      else boxes.add(id);
    }
  }
  for (const id of boxes) inline.delete(id);
  return inline;
}

/** Of each object the longest way to it from a frame, in any step; a way back to where it came from does not count. What no frame leads to is in no column. @param {Step[]} steps @param {Set<number>} inline */
function findColumns(steps, inline) {
  /** @type {Map<number, number>} */
  const columns = new Map();
  for (const step of steps) {
    const rows = new Map(step.objects.map(({ id, rows }) => [id, rows]));
    /** @type {Set<number>} */
    const above = new Set();
    /** @type {Map<number, number>} */
    const here = new Map();
    /** @param {Cell} cell @param {number} distance */
    const visit = (cell, distance) => {
      if (!("o" in cell) || inline.has(cell.o) || above.has(cell.o) || (here.get(cell.o) ?? 0) >= distance) return;
      here.set(cell.o, distance);
      columns.set(cell.o, Math.max(columns.get(cell.o) ?? 0, distance));
      above.add(cell.o);
      for (const [, inner] of rows.get(cell.o) ?? []) visit(inner, Math.min(distance + 1, COLUMNS));
      above.delete(cell.o);
    };
    for (const frame of step.frames) for (const [, cell] of rowsOf(step, frame)) visit(cell, 1);
  }
  return columns;
}

const WIDE = /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\u{1f300}-\u{1faff}]/u;

/** @param {string} text in a font whose characters are of one width, or of two */
export const lengthOf = (text) => (/^[\x20-\x7e]*$/.test(text) ? text.length : [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0));

/** @param {string} title @param {[string, Cell][]} rows @param {Map<number, StepObject>} titles @param {Set<number>} inline */
function widthOf(title, rows, titles, inline) {
  const widths = rows.map(([key, cell]) => {
    const value = "t" in cell ? lengthOf(cell.t) : inline.has(cell.o) ? lengthOf(titles.get(cell.o)?.title ?? "") : DOT / CHARACTER;
    return lengthOf(key) * CHARACTER + (key === "" ? 0 : BETWEEN) + value * CHARACTER;
  });
  return Math.max(lengthOf(title) * TITLE_CHARACTER, ...widths) + 2 * PADDING;
}

/** @param {Step[]} steps @param {Map<number, StepObject>} titles @param {Set<number>} inline @returns {Map<number, Box>} */
function placeFrames(steps, titles, inline) {
  /** @type {Map<number, Box>} */
  const boxes = new Map();
  /** Which place from above each one has: files first, then calls. @type {Map<number, string>} */
  const slots = new Map();
  const files = new Set();
  const depths = placeCalls(steps);
  let width = NARROWEST;
  for (const step of steps) {
    for (const frame of step.frames) {
      const rows = rowsOf(step, frame);
      const box = boxes.get(frame.id) ?? { x: 0, y: 0, width: 0, height: 0, column: 0, keys: [] };
      boxes.set(frame.id, box);
      addKeys(box, rows);
      width = Math.max(width, widthOf(frameTitle(frame), rows, titles, inline));
      if (frame.kind === "module") files.add(frame.id);
      slots.set(frame.id, frame.kind === "module" ? `file ${frame.id}` : `call ${depths.get(frame.id)}`);
    }
  }
  const deepest = Math.max(0, ...[...depths.values()].map((depth) => depth + 1));
  const order = [...[...files].map((id) => `file ${id}`), ...Array.from({ length: deepest }, (_, depth) => `call ${depth}`)];
  let y = 0;
  for (const slot of order) {
    const there = [...boxes].filter(([id]) => slots.get(id) === slot);
    const height = Math.max(...there.map(([, { keys }]) => heightOf(keys.length)));
    for (const [, box] of there) Object.assign(box, { y, width, height: heightOf(box.keys.length) });
    y += height + FRAME_GAP;
  }
  return boxes;
}

/**
 * How deep each call stands: below those that it was made by, and never where another one stands that is there at the same
 * time; one that goes on after an `await` has nothing above it any more, and keeps its place.
 * @param {Step[]} steps
 * @returns {Map<number, number>}
 */
function placeCalls(steps) {
  const stacks = steps.map(({ frames }) => frames.filter(({ kind }) => kind !== "module").map(({ id }) => id));
  /** @type {Map<number, number>} */
  const depths = new Map();
  for (const stack of stacks) {
    for (const [at, id] of stack.entries()) {
      if (depths.has(id)) continue;
      const taken = new Set(stacks.filter((other) => other.includes(id)).flatMap((other) => other.map((one) => depths.get(one))));
      let depth = Math.max(-1, ...stack.slice(0, at).map((one) => depths.get(one) ?? -1)) + 1;
      while (taken.has(depth)) depth++;
      depths.set(id, depth);
    }
  }
  return depths;
}

/** @param {StepFrame} frame */
export const frameTitle = ({ kind, name }) => (kind === "module" ? name : name === "" ? "function" : `${name}()`);

/** @param {number} rows */
export const heightOf = (rows) => TITLE + rows * ROW + (rows > 0 ? FOOT : 0);

/** @param {Box} box @param {[string, Cell][]} rows */
function addKeys(box, rows) {
  for (const key of uniqueKeys(rows)) if (!box.keys.includes(key)) box.keys.push(key);
  // What is returned stands last.
  if (box.keys.includes(RETURN) && box.column === 0) box.keys = [...box.keys.filter((key) => key !== RETURN), RETURN];
}

/** In a set all keys are empty, and in a map two may look alike: each row has one of its own. @param {[string, Cell][]} rows */
export function uniqueKeys(rows) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  return rows.map(([key]) => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count === 0 ? key : `${key}\0${count}`;
  });
}

/** Where the middle of a row is. @param {Box} box @param {string} key one of `uniqueKeys` */
export const rowAt = (box, key) => box.y + TITLE + (box.keys.indexOf(key) + 0.5) * ROW;

/**
 * @param {Step[]} steps
 * @param {Map<number, number>} columns
 * @param {Map<number, Box>} frames
 * @param {Map<number, StepObject>} titles
 * @param {Set<number>} inline
 */
function placeObjects(steps, columns, frames, titles, inline) {
  /** @type {Map<number, Box>} */
  const boxes = new Map();
  /** First and last step. @type {Map<number, [number, number]>} */
  const lives = new Map();
  const widths = [Math.max(NARROWEST, ...[...frames.values()].map(({ width }) => width)), 0, 0, 0];
  steps.forEach((step, at) => {
    for (const { id, title, rows, cut } of step.objects) {
      const column = columns.get(id);
      if (column === undefined) continue;
      const box = boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0, column, keys: [] };
      boxes.set(id, box);
      addKeys(box, rows);
      box.width = Math.max(box.width, widthOf(title, rows, titles, inline), NARROWEST - 1);
      box.height = Math.max(box.height, heightOf(box.keys.length + (cut ? 1 : 0)));
      widths[column] = Math.max(widths[column], box.width);
      lives.set(id, [lives.get(id)?.[0] ?? at, at]);
    }
  });
  let x = widths[0] + COLUMN_GAP;
  for (let column = 1; column <= COLUMNS; column++) {
    placeColumn([...boxes].filter(([, box]) => box.column === column), x, { steps, frames, boxes, lives });
    if (widths[column] > 0) x += widths[column] + COLUMN_GAP;
  }
  return boxes;
}

/**
 * @param {[number, Box][]} column in the order in which they appear
 * @param {number} x
 * @param {{ steps: Step[], frames: Map<number, Box>, boxes: Map<number, Box>, lives: Map<number, [number, number]> }} all
 */
function placeColumn(column, x, { steps, frames, boxes, lives }) {
  /** @type {{ y: number, height: number, life: [number, number] }[]} */
  const taken = [];
  for (const [id, box] of column) {
    const life = /** @type {[number, number]} */ (lives.get(id));
    const wanted = firstPointer(id, steps[life[0]], frames, boxes) - TITLE / 2;
    const others = taken.filter(({ life: [from, to] }) => from <= life[1] && to >= life[0]);
    const isFree = (/** @type {number} */ y) => others.every((other) => y >= other.y + other.height + OBJECT_GAP || y + box.height + OBJECT_GAP <= other.y);
    let y = wanted;
    for (let away = 0; !isFree(y); away += 0.25) y = isFree(wanted - away) ? wanted - away : wanted + away;
    Object.assign(box, { x, y });
    taken.push({ y, height: box.height, life });
  }
}

/** Where the first row is that points at an object. @param {number} id @param {Step} step @param {Map<number, Box>} frames @param {Map<number, Box>} boxes */
function firstPointer(id, step, frames, boxes) {
  const column = /** @type {Box} */ (boxes.get(id)).column;
  for (const object of step.objects) {
    const from = boxes.get(object.id);
    // Of the column before it, where those are placed already.
    if (from && from.column === column - 1 && column > 1) {
      const at = object.rows.findIndex(([, cell]) => "o" in cell && cell.o === id);
      if (at >= 0) return rowAt(from, uniqueKeys(object.rows)[at]);
    }
  }
  for (const frame of step.frames) {
    const rows = rowsOf(step, frame);
    const at = rows.findIndex(([, cell]) => "o" in cell && cell.o === id);
    if (at >= 0) return rowAt(/** @type {Box} */ (frames.get(frame.id)), uniqueKeys(rows)[at]);
  }
  return 0;
}
