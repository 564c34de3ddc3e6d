/**
 * A place for small texts that lasts as long as the browser lets it: localStorage, and where that is blocked or full,
 * this page's memory. Every reading asks the browser anew, because another tab may have written meanwhile.
 */

/** @typedef {"blocked" | "full"} Trouble */

/** What could not be written, and so is seen by this page only. null: removed. @type {Map<string, string | null>} */
const memory = new Map();

/** @type {Trouble | null} */
let trouble = null;

/** @type {Set<(trouble: Trouble) => void>} */
const listeners = new Set();

/** Why something is kept in memory only; null: nothing is. @returns {Trouble | null} */
export const storageTrouble = () => trouble;

/** @param {(trouble: Trouble) => void} listener told each time that something can't be kept */
export function onStorageTrouble(listener) {
  listeners.add(listener);
}

/** @param {string} key @returns {string | null} */
export function read(key) {
  const kept = memory.get(key);
  if (kept !== undefined) return kept;
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string | null} text null: away with it */
export function write(key, text) {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    memory.delete(key);
  } catch (error) {
    memory.set(key, text);
    trouble = error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "blocked";
    for (const listener of listeners) listener(trouble);
  }
}

/** @param {string} prefix @returns {string[]} */
export function keys(prefix) {
  const found = new Set();
  try {
    for (let at = 0; at < localStorage.length; at++) found.add(localStorage.key(at));
  } catch {
    // Blocked: what there is, is in memory.
  }
  for (const [key, text] of memory) {
    if (text === null) found.delete(key);
    else found.add(key);
  }
  return [...found].filter((key) => key?.startsWith(prefix)).sort();
}

/** @param {(key: string | null) => void} listener told of what other tabs write; null: of anything */
export function onOtherTabs(listener) {
  window.addEventListener("storage", (event) => {
    if (event.key !== null) memory.delete(event.key);
    listener(event.key);
  });
}
