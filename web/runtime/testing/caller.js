// Which file of the program calls. The answer that is tested shares a realm with its tests, and what it registers or
// changes there must not count.

const NativeError = Error;
const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;
const DEEPEST = 100;

/**
 * @param {Map<string, string>} files
 * @returns {() => string | null | undefined} null: no file of the program; undefined: this engine does not tell
 */
export function createCaller(files) {
  const hook = propertyOfError("prepareStackTrace");
  const limit = propertyOfError("stackTraceLimit");
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
    const [hookBefore, limitBefore] = [hook.get(), limit.get()];
    hook.set((/** @type {unknown} */ _error, /** @type {any[]} */ sites) => {
      read(sites);
      return "";
    });
    // Ten are no more than some engines count from here to the program's own code.
    limit.set(DEEPEST);
    try {
      void new NativeError().stack;
    } finally {
      hook.set(hookBefore);
      limit.set(limitBefore);
    }
  }
}

/** In QuickJS they are accessors, behind which no program can get. @param {string} name @returns {{ get: () => any, set: (to: unknown) => void }} */
function propertyOfError(name) {
  const found = getOwnPropertyDescriptor(NativeError, name);
  return {
    get: found?.get ? () => apply(/** @type {any} */ (found).get, NativeError, []) : () => getOwnPropertyDescriptor(NativeError, name)?.value,
    set: found?.set
      ? (to) => void apply(/** @type {any} */ (found).set, NativeError, [to])
      : (to) => void defineProperty(NativeError, name, { value: to, writable: true, configurable: true, enumerable: name === "stackTraceLimit" }),
  };
}
