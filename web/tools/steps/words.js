// What a step's picture shows, in words: for who does not see it.

/** @import { Cell, Step, StepObject } from "../../protocol.d.ts" */

import { frameTitle, rowsOf } from "./layout.js";

/** How the step reads: what happened, then what each variable is. @param {Step} step @param {string} place "Step 2 of 4", or nothing @param {string} entry */
export function inWords(step, place, entry) {
  const { what, code } = event(step);
  const where = joined([place, lineOf(step, entry)], ", ");
  const happened = joined([code, what, step.printed ? `prints ${onOneLine(step.printed)}` : ""], " ");
  const heading = joined([where, happened], ": ");
  return joined([heading && `${heading}.`, state(step)], " ");
}

/** @param {string[]} parts @param {string} between */
const joined = (parts, between) => parts.filter((part) => part !== "").join(between);

/** Of a file that is not the one that the page shows beside it, the name too. @param {Step} step @param {string} entry */
export function lineOf({ line, file }, entry) {
  if (line === 0) return "";
  return file === entry ? `line ${line}` : `${file.slice(1)}, line ${line}`;
}

/** @param {Step} step */
export function event(step) {
  const { kind, text, value, frames, objects } = step;
  const told = value ? shortly(value, objects) : "";
  const active = frames.find((frame) => frame.active);
  switch (kind) {
    case "called":
      return { code: active ? frameTitle(active) : text, what: "begins" };
    case "test":
      return { code: text, what: `is ${told}` };
    case "returned":
      return { code: text.startsWith("return") ? "" : text, what: told === "" || told === "undefined" ? "returns" : `returns ${told}` };
    case "threw":
      return { code: "", what: `throws ${told}` };
    case "uncaught":
      return { code: text, what: `throws ${told}` };
    default:
      return { code: text, what: "" };
  }
}

/** @param {string} text */
export const onOneLine = (text) => (text.endsWith("\n") ? text.slice(0, -1) : text).replaceAll("\n", " ⏎ ");

/** @param {Cell} cell @param {StepObject[]} objects */
function shortly(cell, objects) {
  if ("t" in cell) return cell.t;
  const object = objects.find(({ id }) => id === cell.o);
  if (!object) return "an object";
  const message = object.kind === "error" ? object.rows.find(([key]) => key === "message") : undefined;
  if (message && "t" in message[1]) return `${object.title}: ${message[1].t.slice(1, -1)}`;
  return object.title;
}

/** Variable by variable, then the insides of objects, each under the name by which it was met first. @param {Step} step */
function state(step) {
  const objects = new Map(step.objects.map((object) => [object.id, object]));
  /** @type {Map<number, string>} */
  const names = new Map();
  /** @type {string[]} */
  const said = [];
  /** @type {[string, StepObject][]} */
  const open = [];
  /** @param {string} name @param {Cell} cell */
  const say = (name, cell) => {
    if ("t" in cell) {
      if (cell.c === "tdz") return;
      said.push(`${name} is ${cell.t}`);
      return;
    }
    const object = objects.get(cell.o);
    const known = names.get(cell.o);
    if (known !== undefined) said.push(`${name} → the same object as ${known}`);
    else if (object) {
      names.set(cell.o, name);
      const isEmpty = object.rows.length === 0;
      said.push(`${name} → ${isEmpty && /^(function|class|short|opaque)$/.test(object.kind) ? object.title : isEmpty ? `${object.title}, empty` : object.title}`);
      open.push([name, object]);
    }
  };
  for (const frame of step.frames) {
    const rows = rowsOf(step, frame);
    if (rows.length === 0) continue;
    const first = said.length;
    for (const [name, cell] of rows) say(name, cell);
    if (said.length > first) said[first] = `In ${frameTitle(frame)}: ${said[first]}`;
  }
  for (let at = 0; at < open.length; at++) {
    const [name, object] = open[at];
    for (const [key, cell] of object.rows) say(pathOf(name, key, object.kind), cell);
    if (object.cut) said.push(`${name} has ${object.cut} more`);
  }
  return said.length > 0 ? `${said.join("; ")}.` : "";
}

/** @param {string} name @param {string} key @param {string} kind */
function pathOf(name, key, kind) {
  if (kind === "array" && /^\d+$/.test(key)) return `${name}[${key}]`;
  if (kind === "map") return `${name} at ${key}`;
  if (kind === "set") return `in ${name}`;
  if (kind === "function") return `${key} in ${name}`;
  return /^[\w$]+$/.test(key) ? `${name}.${key}` : `${name} ${key}`;
}
