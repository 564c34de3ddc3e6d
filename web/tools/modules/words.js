// What the picture of a graph shows, in words: for who does not see it; and what it means that files wait for one another, for
// everybody. HTML.

/** @import { ModuleEdge } from "../../protocol.d.ts" */
/** @import { File } from "./files.js" */

import { escape } from "../steps/html.js";
import { isCircle, nameOf } from "./files.js";

/** What is asked for, by the way in which. @type {Record<ModuleEdge["how"], (names: string) => string>} */
const ASKS = {
  require: (names) => `requires ${names}`,
  import: (names) => `imports ${names}`,
  "import()": (names) => `loads ${names} by <code>import()</code>`,
};

const STATES = { ended: "", stopped: "stops before its end", unrun: "never runs", unloaded: "is not loaded" };

/** A sentence for each file. @param {File[]} files */
export const sentences = (files) => files.map((file) => `${code(file.path)} ${sentence(file, files)}`);

/** @param {File} file @param {File[]} files */
function sentence({ edges, numbers, state }, files) {
  const said = Object.entries(ASKS).flatMap(([how, ask]) => {
    const names = edges.filter((edge) => edge.how === how && edge.state === "loaded").map(({ to }) => code(to));
    return names.length > 0 ? [ask(list(names))] : [];
  });
  said.push(...edges.filter(isCircle).map((edge) => circle(edge, files)));
  said.push(...edges.filter((edge) => edge.state === "never").map(({ to, how }) => `names ${code(to)} in a <code>${how}</code> and does not load it`));
  if (said.length === 0 && numbers.length > 0) said.push("asks for no other file");
  if (numbers.length > 1) said.push(`runs again as number ${list(numbers.slice(1).map(String))}`);
  if (state !== "ended") said.push(STATES[state]);
  return said.join("; ");
}

/** What each circle comes to. @param {File[]} files */
export const circles = (files) =>
  files.flatMap(({ path, edges }) => edges.filter(isCircle).map((edge) => `A circle: ${code(path)} ${circle(edge, files)}.`));

/** @param {ModuleEdge} edge @param {File[]} files */
function circle({ from, to, how, state }, files) {
  const began = (/** @type {string} */ path) => files.find((file) => file.path === path)?.numbers[0] ?? Infinity;
  if (state === "refused") return `requires the ES module ${code(to)}, which has not come to its end, and is refused`;
  if (how === "require") return `requires ${code(to)}, which has not come to its end, and gets what that has exported so far`;
  if (began(to) <= began(from)) return `imports ${code(to)}, which has not come to its end: some of its variables may have no value yet`;
  return `imports ${code(to)}, which has not run yet: its variables have no value so far`;
}

/** @param {string[]} names "a, b and c" */
const list = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);

/** @param {string} path */
const code = (path) => `<code>${escape(nameOf(path))}</code>`;
