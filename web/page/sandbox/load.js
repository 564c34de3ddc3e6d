/**
 * Loads the sandbox's program texts when a reader first runs something. By a script element and not by fetch, so
 * that a book opened from the disk can do it too.
 */

/** @type {Map<string, Promise<string>>} */
const loading = new Map();

/** The parts that programs on this page have asked for so far; the next ones get them at once. @type {Record<string, string>} */
export const loadedParts = {};

/** @returns {Promise<string>} the text that runs inside the sandbox's worker */
export function loadSandbox() {
  return load("sandbox", () => globalThis.galleySandbox);
}

/** @param {string} part one of parts.js */
export async function loadPart(part) {
  loadedParts[part] = await load(part, () => globalThis.galleyParts?.[part]);
}

/** @param {string} name @param {() => unknown} result */
function load(name, result) {
  const known = loading.get(name);
  if (known) return known;
  /** @type {Promise<string>} */
  const loaded = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(`${typeof path_to_root === "string" ? path_to_root : ""}galley/${name}.js`, document.baseURI).href;
    script.onload = () => {
      const text = result();
      if (typeof text === "string") resolve(text);
      else reject(new Error(`galley/${name}.js of this book is not what it should be.`));
    };
    script.onerror = () => {
      loading.delete(name);
      script.remove();
      reject(new Error(`galley/${name}.js of this book could not be loaded.`));
    };
    document.head.append(script);
  });
  loading.set(name, loaded);
  return loaded;
}
