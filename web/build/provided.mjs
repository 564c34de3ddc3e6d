// What npm packages in the chunks import, and the runtime provides: Node's own modules, of which a program has one
// instance each, and parts of whatwg-url that carry tables for encodings and scripts no example needs.

import { fileURLToPath } from "node:url";

/** @param {string} name in runtime/builtins */
const builtin = (name) => fileURLToPath(new URL(`../runtime/builtins/${name}`, import.meta.url));

/** Built-ins that a package asks for by these names. @type {Record<string, string>} */
const NODE = {
  buffer: "buffer",
  "safe-buffer": "buffer",
  events: "events",
  string_decoder: "string_decoder",
  "string_decoder/": "string_decoder",
  "process/": "process",
  "abort-controller": "internal/eventTarget",
};

/** Modules of whatwg-url and what stands for them. @type {[RegExp, string][]} */
const REPLACED = [
  [/^tr46$/, builtin("url/domains.js")],
  [/^@exodus\/bytes\/encoding\.js$/, builtin("url/nothing.js")],
  [/^@exodus\/bytes\/whatwg\.js$/, builtin("url/percent.js")],
  [/^\.\/encoding$/, builtin("url/utf8.js")],
  [/^\.\/URL(SearchParams)?$/, builtin("url/implementations.js")],
];

/** What npm url asks for, the old url.parse and its like. @type {Record<string, string>} */
const OF_URL = { qs: builtin("url/queries.js"), "punycode/": builtin("url/domains.js") };

/** @type {import("esbuild").Plugin} */
export const providedModules = {
  name: "provided-modules",
  setup(build) {
    build.onResolve({ filter: /^(buffer|safe-buffer|events|string_decoder\/?|process\/|abort-controller)$/ }, ({ path, importer }) =>
      /readable-stream|string_decoder/.test(importer) ? { path, namespace: "provided" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "provided" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(builtin("kit-of-packages.js"))}).builtin(${JSON.stringify(NODE[path])});`,
      resolveDir: builtin(""),
    }));
    build.onResolve({ filter: /^(qs|punycode\/)$/ }, ({ path, importer }) =>
      /node_modules[\\/]url[\\/]/.test(importer) ? { path: OF_URL[path] } : undefined,
    );
    build.onResolve({ filter: /^(tr46|@exodus\/bytes\/\w+\.js|\.\/encoding|\.\/URL(SearchParams)?)$/ }, ({ path, importer }) => {
      if (!/[\\/]whatwg-url[\\/]/.test(importer)) return undefined;
      const replacement = REPLACED.find(([name]) => name.test(path));
      return replacement && { path: replacement[1] };
    });
  },
};
