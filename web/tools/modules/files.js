// The files of a graph, in the order in which they are told: those that ran by when they began to, then the others.

/** @import { ModuleEdge, ModuleGraph } from "../../protocol.d.ts" */

/**
 * @typedef {object} File
 * @property {string} path
 * @property {number[]} numbers when it began to run; none: never
 * @property {"ended" | "stopped" | "unrun" | "unloaded"} state unrun: it was asked for, or is the entry
 * @property {ModuleEdge[]} edges what it asks for, built-in modules too
 */

/** @param {ModuleGraph} graph @param {string} entry @returns {File[]} */
export function filesOf({ order, ended, edges }, entry) {
  const wanted = new Set([...order, entry]);
  for (const { from, to, state } of edges) if (state !== "never") wanted.add(from).add(to);
  const all = new Set([...wanted, ...edges.map(({ to }) => to)]);
  return [...all].filter(isFile).map((path) => ({
    path,
    numbers: order.flatMap((one, at) => (one === path ? [at + 1] : [])),
    state: ended.includes(path) ? "ended" : order.includes(path) ? "stopped" : wanted.has(path) ? "unrun" : "unloaded",
    edges: edges.filter(({ from }) => from === path),
  }));
}

/** No built-in module. @param {string} path */
export const isFile = (path) => path.startsWith("/");

/** As it is shown. @param {string} path of a file, or a built-in's name */
export const nameOf = (path) => (isFile(path) ? path.slice(1) : path);

/** It came back to a file that waits for it. @param {ModuleEdge} edge */
export const isCircle = ({ state }) => state === "unfinished" || state === "refused";
