// Chunk "moduleGraph": which files a run loads, in which order, and who asked for them. The loaders tell it what they do; it
// changes nothing of that.

/** @import { ModuleEdge, ModuleGraph, Prepared } from "../../protocol.d.ts" */

import { withoutQuery } from "./paths.js";

/** Of more files, and of more who ask for one, nothing is told. */
const MOST = 200;

/**
 * @typedef {ReturnType<typeof createGraph>} Graph
 * @param {object} needs
 * @param {string} needs.entry
 * @param {Map<string, string>} needs.files
 * @param {Map<string, Prepared>} needs.prepared
 * @param {(specifier: string, from: string, how: ModuleEdge["how"]) => string | null} needs.locate where a specifier would lead
 */
export default function createGraph({ entry, files, prepared, locate }) {
  /** @type {string[]} */
  const order = [];
  /** Those whose last run came to its end. @type {Set<string>} */
  const ended = new Set();
  /** Those that run. @type {Set<string>} */
  const open = new Set();
  /** @type {Map<string, ModuleEdge>} */
  const edges = new Map();
  /** The imports of ES modules that have not begun. @type {Map<string, { specifier: string, to: string }[]>} */
  const linked = new Map();
  let more = false;

  /**
   * @param {string} asking
   * @param {string} to a file, or "node:…"
   * @param {ModuleEdge["how"]} how
   * @param {string} specifier
   * @param {ModuleEdge["state"] | "found"} told found: among the modules that are there, whatever these say of themselves
   */
  function asks(asking, to, how, specifier, told) {
    const state = told !== "found" ? told : open.has(to) ? "unfinished" : "loaded";
    // Code made of strings, and a `require` made for a path, stand in no file.
    const from = files.has(withoutQuery(asking)) ? asking : entry;
    const key = `${from}\n${how}\n${to}`;
    const known = edges.get(key);
    if (known) {
      if (state !== "loaded") known.state = state;
    } else if (edges.size === MOST) more = true;
    else edges.set(key, { from, to, how, specifier, state });
  }

  /** What the sources of files that ran name, and nobody asked for. */
  function addUnasked() {
    const known = new Set([entry, ...order]);
    for (const { from, to } of edges.values()) known.add(from).add(to);
    for (const path of new Set(order)) {
      for (const { specifier, how } of prepared.get(withoutQuery(path))?.mentions ?? []) {
        const to = locate(specifier, path, how);
        if (to !== null && files.has(to) && !known.has(to)) asks(path, to, how, specifier, "never");
      }
    }
  }

  return {
    asks,

    /** An ES module is known with what it imports, and has not begun. @param {string} path @param {{ specifier: string, to: string }[]} imports */
    links: (path, imports) => void (more || linked.set(path, imports)),

    /** @param {string} path @param {string} specifier */
    isLinking: (path, specifier) => linked.get(path)?.some((one) => one.specifier === specifier) ?? false,

    /** @param {string} path */
    begins(path) {
      if (order.length === MOST) more = true;
      else order.push(path);
      ended.delete(path);
      open.add(path);
      for (const { specifier, to } of linked.get(path) ?? []) {
        const isNative = prepared.get(withoutQuery(to))?.kind === "module";
        asks(path, to, "import", specifier, isNative && !ended.has(to) ? "unfinished" : "found");
      }
      linked.delete(path);
    },

    /** @param {string} path */
    ends(path) {
      open.delete(path);
      if (!more) ended.add(path);
    },

    /** What it threw has ended it. @param {string} path */
    breaks: (path) => void open.delete(path),

    /** @returns {ModuleGraph} */
    finish() {
      for (const [path, imports] of linked) for (const { specifier, to } of imports) asks(path, to, "import", specifier, "loaded");
      addUnasked();
      return { order, ended: [...ended], edges: [...edges.values()], more };
    },
  };
}
