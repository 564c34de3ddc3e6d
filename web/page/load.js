/**
 * Loads a script of the book when it is first needed. By a script element and not by fetch or import, so that a book
 * opened from the disk can do it too.
 */

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * @param {string} path below the book's root
 * @returns {Promise<void>} rejects when there is no such script; another call then tries again
 */
export function loadScript(path) {
  let loads = loading.get(path);
  if (!loads) {
    loads = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(path, bookRoot()).href;
      script.onload = () => resolve();
      script.onerror = () => {
        loading.delete(path);
        script.remove();
        reject(new Error(`${path} of this book could not be loaded.`));
      };
      document.head.append(script);
    });
    loading.set(path, loads);
  }
  return loads;
}

/** The address of the book's root, with "/" at its end. */
export function bookRoot() {
  return new URL((typeof path_to_root === "string" && path_to_root) || "./", document.baseURI).href;
}
