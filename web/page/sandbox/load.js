/**
 * Loads the sandbox's program text when a reader first runs something. By a script element and not by fetch, so
 * that a book opened from the disk can do it too.
 */

/** @type {Promise<string> | null} */
let loading = null;

/** @returns {Promise<string>} the text that runs inside the sandbox's worker */
export function loadSandbox() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(`${typeof path_to_root === "string" ? path_to_root : ""}galley/sandbox.js`, document.baseURI).href;
    script.onload = () => {
      if (typeof galleySandbox === "string") resolve(galleySandbox);
      else reject(new Error("galley/sandbox.js of this book is not what it should be."));
    };
    script.onerror = () => {
      loading = null;
      script.remove();
      reject(new Error("galley/sandbox.js of this book could not be loaded."));
    };
    document.head.append(script);
  });
  return loading;
}
