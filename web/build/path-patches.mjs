// Fits npm path-unified, Node's own node:path as modules, to the runtime: a wrong argument is told in Node 24's words,
// and the working directory is the program's, whatever the author has made of the global `process`.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const needs = fileURLToPath(new URL("../runtime/builtins/path-needs.js", import.meta.url));

/** @type {import("esbuild").Plugin} */
export const pathPatches = {
  name: "path-patches",
  setup(build) {
    build.onResolve({ filter: /^\.\/(validators|isWindows)\.js$/ }, ({ importer }) =>
      /[\\/]path-unified[\\/]/.test(importer) ? { path: needs } : undefined,
    );
    build.onLoad({ filter: /path-unified[\\/]src[\\/]path\.js$/ }, async ({ path }) => ({
      // In a page's program the package would define `window.process`.
      contents: `import { process } from ${JSON.stringify(needs)}; const window = undefined;\n${await readFile(path, "utf8")}`,
    }));
  },
};
