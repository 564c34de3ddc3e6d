// Chunk "moduleDrawing": the files that a run loaded as HTML on one line, as src/render/html.rs wants it: a box each, with a
// row for each file that it asks for. It runs at build time, and has the looks of the steps' pictures.
//
// Text of the picture stands in attributes, which the style sheet shows (theme/galley.css, "Files and who asks for them").

/** @import { ModuleEdge, ModuleGraph } from "../../protocol.d.ts" */
/** @import { Arrow } from "../steps/arrows.js" */
/** @import { Box } from "../steps/layout.js" */
/** @import { File } from "./files.js" */

import { arrow } from "../steps/arrows.js";
import { attribute, round, tenths } from "../steps/html.js";
import { filesOf, isCircle, nameOf } from "./files.js";
import { STATE, labelOf, layOut, remarkOf, stateOf } from "./layout.js";
import { circles, sentences } from "./words.js";

/** @typedef {{ graph: ModuleGraph, entry: string }} Drawing */

/** @param {string} json a Drawing @returns {string} */
export default (json) => draw(JSON.parse(json));

/** @param {Drawing} drawing */
function draw({ graph, entry }) {
  const files = filesOf(graph, entry);
  const ran = files.filter(({ numbers }) => numbers.length > 0);
  const others = files.filter(({ numbers }) => numbers.length === 0);
  const items = (/** @type {File[]} */ some) => sentences(some).map((words) => `<li>${words}</li>`).join("");
  const told = `<ol>${items(ran)}</ol>${others.length > 0 ? `<ul>${items(others)}</ul>` : ""}`;
  const notes = circles(files).map((words) => `<p class="galley-circle">${words}</p>`);
  return `<figure class="galley-modules">${picture(files, entry)}<div class="galley-said">${told}</div><figcaption><p>The numbers tell in which order the files begin to run.</p>${notes.join("")}</figcaption></figure>`;
}

/** @param {File[]} files @param {string} entry */
function picture(files, entry) {
  const { boxes, width, height } = layOut(files, entry);
  const drawn = files.map((file) => drawFile(file, boxes));
  // Circles lie above the others.
  const arrows = drawn.flatMap((one) => one.arrows).sort((a, b) => Number(isCircle(a.edge)) - Number(isCircle(b.edge)));
  const paths = arrows.map(({ edge, drawn: { path, head } }) => `<path class="g-${edge.state}" d="${path}"/><path class="g-head g-${edge.state}" d="${head}"/>`);
  const svg = `<svg viewBox="0 0 ${tenths(width)} ${tenths(height)}">${paths.join("")}</svg>`;
  const label = attribute("aria-label", `The files that ${nameOf(entry)} loads`);
  return `<div class="galley-scroll"><div class="galley-picture" role="img"${label} style="--w:${round(width)};--h:${round(height)}">${svg}${drawn.map(({ html }) => html).join("")}</div></div>`;
}

/** @param {File} file @param {Map<string, Box>} boxes */
function drawFile(file, boxes) {
  const box = /** @type {Box} */ (boxes.get(file.path));
  /** @type {{ edge: ModuleEdge, drawn: Arrow }[]} */
  const arrows = [];
  const rows = file.edges.map((edge, at) => {
    const target = boxes.get(edge.to);
    const drawn = target && arrow(box, String(at), target, false, [...boxes.values()]);
    if (drawn) arrows.push({ edge, drawn });
    const kind = drawn ? (drawn.isBack ? "back" : "ref") : "builtin";
    return `<span class="g-row g-${kind} g-${edge.state}"${attribute("data-k", labelOf(edge))}${attribute("data-v", remarkOf(edge))}></span>`;
  });
  if (box.keys.includes(STATE)) rows.push(`<span class="g-row g-state"${attribute("data-k", stateOf(file))}></span>`);
  const numbers = file.numbers.map((number, at) => `<span class="g-order" style="--at:${at}"${attribute("data-v", String(number))}></span>`);
  const style = `left:${round(box.x)}em;top:${round(box.y)}em;width:${round(box.width)}em;--numbers:${numbers.length}`;
  return { html: `<div class="g-box g-file g-${file.state}" style="${style}"${attribute("data-t", nameOf(file.path))}>${numbers.join("")}${rows.join("")}</div>`, arrows };
}
