// Chunk "drawing": a run's steps as HTML on one line, as src/render/html.rs wants it. It runs at build time and in the page.
//
// Text stands in attributes, which the style sheet shows (theme/galley.css, "A stepper"): what stands between tags is
// found by the book's search, once for each step. No id is used, since mdBook's page for printing holds every chapter.

/** @import { Cell, Step, StepFrame, StepObject } from "../../protocol.d.ts" */
/** @import { Arrow } from "./arrows.js" */
/** @import { Box, Layout } from "./layout.js" */

import { arrow } from "./arrows.js";
import { attribute, escape, round, tenths } from "./html.js";
import { frameTitle, layOut, rowsOf, RETURN, uniqueKeys } from "./layout.js";
import { event, inWords, lineOf, onOneLine } from "./words.js";

/**
 * @typedef {object} Drawing
 * @property {Step[]} steps those that are shown
 * @property {Step | null} before the one before them; null: they are the first
 * @property {string} entry path of the file that the page shows beside it
 * @property {number} from its first line there
 * @property {number[]} hidden its lines, counted from there, that the page does not show
 * @property {string} group a name for the choice among the steps; on a page no other drawing has it
 */

/** @param {string} json a Drawing @returns {string} */
export default (json) => draw(JSON.parse(json));

/** @param {Drawing} drawing */
export function draw({ steps: told, before, entry, from, hidden, group }) {
  /** Lines as the reader counts them. @param {number} line */
  const shown = (line) => line - from + 1 - hidden.filter((one) => one < line - from + 1).length;
  /** @param {Step} step */
  const isHidden = (step) => step.file === entry && hidden.includes(step.line - from + 1);
  const steps = told.map((step) => (isHidden(step) ? { ...step, line: 0 } : step.file === entry ? { ...step, line: shown(step.line), last: shown(step.last) } : step));
  const layout = layOut(steps);
  const count = steps.length;
  const drawn = steps.map((step, at) => {
    const place = count > 1 ? `Step ${at + 1} of ${count}` : "";
    const choice = count > 1 ? `<input type="radio" class="galley-step-choice" name="${escape(group)}" aria-label="${place}"${at === 0 ? " checked" : ""}>` : "";
    return `<div class="galley-step">${choice}<div class="galley-step-shown">${note(step, entry)}${picture(step, steps[at - 1] ?? before, place, entry, layout)}</div></div>`;
  });
  return `<div class="galley-steps" role="group" aria-label="${count > 1 ? "Steps" : "Picture"}" data-count="${count}">${drawn.join("")}</div>`;
}

/** What happened, and the mark at its line. @param {Step} step @param {string} entry */
function note(step, entry) {
  if (step.kind === "end") return "";
  const { code, what } = event(step);
  const mark = step.file === entry && step.line > 0 ? `<span class="galley-step-line" style="--at:${step.line - 1};--lines:${step.last - step.line + 1}"></span>` : "";
  const out = attribute("data-out", step.printed ? onOneLine(step.printed) : "");
  return `${mark}<div class="galley-step-note"${attribute("data-line", lineOf(step, entry))}${out}><span${attribute("data-code", code)}${attribute("data-what", what)}></span></div>`;
}

/** @param {Step} step @param {Step | null} before @param {string} place @param {string} entry @param {Layout} layout */
function picture(step, before, place, entry, layout) {
  const isStart = step.kind === "end";
  const known = isStart ? step : before;
  const frames = step.frames.map((frame) => drawFrame(step, frame, known, layout));
  const objects = step.objects.flatMap((object) => drawObject(step, object, known, layout));
  const all = [...frames, ...objects];
  const { width, height } = layout;
  const size = `--w:${round(width)};--h:${round(height)}`;
  // Those that are new lie above the others.
  const arrows = all.flatMap(({ arrows }) => arrows).sort((a, b) => Number(a.isNew) - Number(b.isNew));
  const paths = arrows.map(({ isNew, path, head }) => `<path${isNew ? ' class="g-new"' : ""} d="${path}"/><path class="g-head${isNew ? " g-new" : ""}" d="${head}"/>`);
  const svg = `<svg viewBox="0 0 ${tenths(width)} ${tenths(height)}" aria-hidden="true">${paths.join("")}</svg>`;
  return `<div class="galley-scroll"><div class="galley-picture" role="img" aria-label="${escape(inWords(step, place, entry))}" style="${size}">${svg}${all.map(({ html }) => html).join("")}</div></div>`;
}

/** @param {Step} step @param {StepFrame} frame @param {Step | null} known @param {Layout} layout */
function drawFrame(step, frame, known, layout) {
  const box = /** @type {Box} */ (layout.frames.get(frame.id));
  const earlier = known?.frames.find(({ id }) => id === frame.id);
  const isNew = frame.kind === "function" && !earlier;
  const classes = `g-frame${frame.active ? " g-active" : ""}${isNew ? " g-new" : ""}`;
  return drawBox(step, box, classes, frameTitle(frame), rowsOf(step, frame), isNew ? null : (earlier && known ? rowsOf(known, earlier) : []), layout);
}

/** @param {Step} step @param {StepObject} object @param {Step | null} known @param {Layout} layout */
function drawObject(step, object, known, layout) {
  const box = layout.objects.get(object.id);
  if (!box) return [];
  const earlier = known?.objects.find(({ id }) => id === object.id);
  const title = object.title;
  return [drawBox(step, box, `g-object g-${escape(object.kind)}${earlier ? "" : " g-new"}`, title, object.rows, earlier ? earlier.rows : null, layout, object.cut)];
}

/**
 * @param {Step} step
 * @param {Box} box
 * @param {string} classes
 * @param {string} title
 * @param {[string, Cell][]} rows
 * @param {[string, Cell][] | null} known the rows before; null: the box is new, and what is in it is no news beside that
 * @param {Layout} layout
 * @param {number} [cut]
 */
function drawBox(step, box, classes, title, rows, known, layout, cut) {
  const keys = uniqueKeys(rows);
  const knownKeys = known ? uniqueKeys(known) : [];
  const boxes = step.objects.flatMap(({ id }) => layout.objects.get(id) ?? []);
  /** @type {Arrow[]} */
  const arrows = [];
  const html = box.keys.map((key) => {
    const at = keys.indexOf(key);
    if (at < 0) return `<span class="g-row"></span>`;
    const [name, cell] = rows[at];
    const before = known?.[knownKeys.indexOf(key)]?.[1];
    const isTold = "t" in cell && cell.c === "tdz";
    const changed = known !== null && !isTold && JSON.stringify(before) !== JSON.stringify(cell);
    const target = "o" in cell ? layout.objects.get(cell.o) : undefined;
    const pointer = target && arrow(box, key, target, changed || known === null, boxes);
    if (pointer) arrows.push(pointer);
    return drawRow(name, cell, changed, step, pointer);
  });
  if (cut) html.push(`<span class="g-row g-cut"${attribute("data-v", `… ${cut} more`)}></span>`);
  const style = `left:${round(box.x)}em;top:${round(box.y)}em;width:${round(box.width)}em`;
  return { html: `<div class="g-box ${classes}" style="${style}"${attribute("data-t", title)}>${html.join("")}</div>`, arrows };
}

/** @param {string} name @param {Cell} cell @param {boolean} isNew @param {Step} step @param {Arrow} [pointer] */
function drawRow(name, cell, isNew, step, pointer) {
  const text = "t" in cell ? cell.t : pointer ? "" : (step.objects.find(({ id }) => id === cell.o)?.title ?? "");
  const kind = "t" in cell ? cell.c : pointer ? (pointer.isBack ? "back" : "ref") : "inline";
  const returned = name === RETURN ? " g-return" : "";
  return `<span class="g-row g-${escape(kind)}${returned}${isNew ? " g-new" : ""}"${attribute("data-k", name)}${attribute("data-v", text)}></span>`;
}
