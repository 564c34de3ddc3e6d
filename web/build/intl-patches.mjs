// Fits FormatJS's Intl.NumberFormat to the runtime: it takes the locale that it is given (runtime/intl/matcher.js), asks no
// global Intl, and gives what Node 24's ICU gives where the two differ.
// A new release in which a target is missing fails the build: then look at the patch again.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const runtime = (/** @type {string} */ name) => fileURLToPath(new URL(`../runtime/intl/${name}`, import.meta.url));

/** @type {[why: string, target: string, replacement: string][]} */
const PATCHES = [
  ["no global Intl", "new Intl.PluralRules(...args)", "pluralRules(...args)"],
  ["no global Intl", "Intl.getCanonicalLocales(locales)", "canonicalLocales(locales)"],
];

/** @type {import("esbuild").Plugin} */
export const intlPatches = {
  name: "intl-patches",
  setup(build) {
    build.onResolve({ filter: /^@formatjs\/intl-localematcher$/ }, () => ({ path: runtime("matcher.js") }));
    build.onLoad({ filter: /@formatjs[\\/]intl-numberformat[\\/]index\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      const failed = [];
      for (const [why, target, replacement] of PATCHES) {
        if (!contents.includes(target)) failed.push({ text: `patch "${why}": its target is not there: ${target}` });
        contents = contents.replaceAll(target, () => replacement);
      }
      return { contents: `import { canonicalLocales, pluralRules } from ${JSON.stringify(runtime("packages.js"))};\n${contents}`, errors: failed };
    });
  },
};
