// Which file of the program calls. The answer that is tested shares a realm with its tests, and what it registers or
// changes there must not count.

const NativeError = Error;
const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;

/**
 * @param {Map<string, string>} files
 * @returns {() => string | null | undefined} null: no file of the program; undefined: this engine does not tell
 */
export function createCaller(files) {
  const hook = getOwnPropertyDescriptor(NativeError, "prepareStackTrace");
  // An accessor in QuickJS, behind which no program can get.
  const set = hook?.set ? (/** @type {unknown} */ to) => void apply(/** @type {any} */ (hook).set, NativeError, [to]) : define;
  const get = hook?.get ? () => apply(/** @type {any} */ (hook).get, NativeError, []) : () => getOwnPropertyDescriptor(NativeError, "prepareStackTrace")?.value;
  /** @type {{ name: any } | null} */
  let site = null;
  /** @type {string | null} */
  let found = null;
  let asked = false;
  within((sites) => {
    asked = true;
    const { getScriptNameOrSourceURL, getFileName } = sites[0];
    site = { name: getScriptNameOrSourceURL ?? getFileName };
  });
  return () => {
    if (!asked || site === null) return undefined;
    found = null;
    within(firstFile);
    return found;
  };

  /** @param {any[]} sites */
  function firstFile(sites) {
    for (let at = 0; at < sites.length; at++) {
      const file = apply(/** @type {any} */ (site).name, sites[at], []);
      if (typeof file === "string" && files.has(file)) {
        found = file;
        return;
      }
    }
  }

  /** @param {(sites: any[]) => void} read */
  function within(read) {
    const before = get();
    set((/** @type {unknown} */ _error, /** @type {any[]} */ sites) => {
      read(sites);
      return "";
    });
    try {
      void new NativeError().stack;
    } finally {
      set(before);
    }
  }
}

/** @param {unknown} value */
function define(value) {
  defineProperty(NativeError, "prepareStackTrace", { value, writable: true, configurable: true, enumerable: false });
}
