/**
 * Chunk "imports", of the page alone. ES modules in the sandbox's worker: each file that is imported becomes a blob, whose
 * URL stands in the texts of those that import it, and the browser links and runs them. Modules that import one another
 * in a circle can't be had so.
 */
import { GLOBAL } from "./rewrite-names.js";

/** @typedef {import("../../protocol.js").Runtime} Runtime */
/** @typedef {{ paths: string[], begun: boolean }} Loading an import that has not ended */

const createObjectURL = URL.createObjectURL.bind(URL);
const HostBlob = Blob;
const { create, defineProperty } = Object;

/**
 * @param {Runtime} runtime
 * @param {() => { rewriteModule: (source: string, path: string, urlOf: (specifier: string, attributes: Record<string, string>) => string) => string }} rewriter
 */
export default function createModules(runtime, rewriter) {
  /** By path: where the browser finds it, and the paths of all that it imports. @type {Record<string, { url: string, paths: string[] }>} */
  const made = create(null);
  /** By path. @type {Record<string, { meta: object, load: (specifier: unknown, options?: any) => Promise<unknown> }>} */
  const handed = create(null);
  /** @type {Loading[]} */
  let loading = [];

  // A file's first act is to ask for this, which tells that its import has been loaded and runs.
  defineProperty(globalThis, GLOBAL, { value: hand });

  /** @param {string} path */
  function hand(path) {
    for (let at = 0; at < loading.length; at++) if (contains(loading[at].paths, path)) loading[at].begun = true;
    if (handed[path]) return handed[path];
    const meta = create(null);
    runtime.initMeta(meta, path);
    const load = (/** @type {unknown} */ specifier, /** @type {any} */ options) =>
      importAs(() => runtime.resolve(`${specifier}`, path, { ...options?.with }));
    return (handed[path] = { meta, load });
  }

  /** @param {string} path @param {string[]} above those that are being made, which import it */
  function make(path, above) {
    if (made[path]) return made[path];
    if (contains(above, path)) throw new Error("ES modules that import one another in a circle do not run on this page");
    const within = [...above, path];
    /** @type {string[]} */
    const paths = [path];
    const text = rewriter().rewriteModule(runtime.moduleSource(path), path, (specifier, attributes) => {
      const target = make(runtime.resolve(specifier, path, attributes), within);
      for (let at = 0; at < target.paths.length; at++) if (!contains(paths, target.paths[at])) paths[paths.length] = target.paths[at];
      return target.url;
    });
    const url = createObjectURL(new HostBlob([`${text}\n//# sourceURL=${encodeURI(path)}`], { type: "text/javascript" }));
    return (made[path] = { url, paths });
  }

  /** @param {() => string} locate */
  async function importAs(locate) {
    const { url, paths } = make(locate(), []);
    const one = { paths, begun: false };
    loading[loading.length] = one;
    try {
      return await import(url);
    } finally {
      /** @type {Loading[]} */
      const others = [];
      for (let at = 0; at < loading.length; at++) if (loading[at] !== one) others[others.length] = loading[at];
      loading = others;
    }
  }

  return {
    /** @param {string} path */
    import: (path) => importAs(() => path),
    /** Loading takes a while, even from memory, and the program's clock must not run meanwhile. */
    isLoading() {
      for (let at = 0; at < loading.length; at++) if (!loading[at].begun) return true;
      return false;
    },
    isPending: () => loading.length > 0,
  };
}

/** @param {string[]} list @param {string} one */
function contains(list, one) {
  for (let at = 0; at < list.length; at++) if (list[at] === one) return true;
  return false;
}
