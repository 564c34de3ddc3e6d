// What a chunk is given of the runtime. Each built-in's chunk has a default export `(kit: Kit) => exports`, so that
// it shares the program's console, process and formatter without a global to reach them by.

/**
 * @typedef {object} Kit
 * @property {import("../protocol.d.ts").Host} host
 * @property {import("./print.js").Printer} printer
 * @property {import("./loop.js").Loop} loop
 * @property {import("./process.js").Process} process
 * @property {object} console
 * @property {() => object} module node:module's exports
 * @property {Map<string, string>} files the virtual file system: text by path
 * @property {Map<string, () => any>} packages what can be imported beside Node's modules: the packages that tests are written with
 * @property {Map<string, import("../protocol.d.ts").Prepared>} scripts what node:vm has compiled, by its name: such files stand in stacks
 * @property {string[]} builtinNames
 * @property {(directory: string) => void} changeDirectory
 * @property {(name: string) => any} builtin another built-in's exports, by its name without "node:"
 * @property {(tests: TestSource) => void} addTests tells the runtime who runs tests when the loop is empty
 * @property {(listener: ((text: string) => void) | null) => void} capture hands each printed text to `listener` too
 * @property {(what: string) => never} unsupported ends the program, which can't catch it: what it needs is not here, e.g. "node:http.get"
 * @property {(error: unknown) => boolean} isStop the error ends the program and is none of the author's
 */

/**
 * @typedef {object} TestSource
 * @property {() => boolean} turn the loop is empty: what a test waits for will never come; false: none waits
 * @property {(error: unknown) => boolean} uncaught true: it is the failure of the test that runs
 * @property {() => import("../protocol.d.ts").TestResult[]} results
 */

export {};
