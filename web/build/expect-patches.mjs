// Fits the packages behind `expect`: what they keep on the global object, where an answer could reach it, they keep to
// themselves, and chai's events, to which nobody listens, need no EventTarget.

import { readFile } from "node:fs/promises";

/** In `resolves` and in `rejects`. */
const DEFERRED = [
  ['return (...args) => {\n\t\t\t\tutils.flag(this, "_name", key);', 'return galleyKept.guarded((...args) => {\n\t\t\t\tutils.flag(this, "_name", key);'],
  ['"soft"));\n\t\t\t};\n\t\t} });', '"soft"));\n\t\t\t});\n\t\t} });'],
  ["result.call(this, ...args)", "galleyKept.apply(result, this, args)"],
];

/** @type {import("esbuild").Plugin} */
export const expectPatches = {
  name: "expect-patches",
  setup(build) {
    build.onLoad({ filter: /@vitest[\\/]expect[\\/]dist[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const kept = text.replace(/globalThis(?=\[[A-Z_]+\]|, [A-Z_]+[,)])/g, "galleyKept");
      if (kept.includes("globalThis") || !text.includes("\nexport { chai };")) throw new Error("@vitest/expect is not the one that the patch was written for");
      // What goes on later, when a promise has settled, is guarded as well.
      let guarded = kept;
      for (const [from, to] of DEFERRED) {
        const parts = guarded.split(from);
        if (parts.length !== 3) throw new Error(`@vitest/expect has no longer twice: ${from}`);
        guarded = parts.join(to);
      }
      return { contents: `export const galleyKept = { __proto__: null, apply: Reflect.apply, get: Reflect.get, guarded: (assertion) => assertion };\n${guarded.replaceAll("Reflect.get(", "galleyKept.get(")}` };
    });
    build.onLoad({ filter: /[\\/]chai[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes("new EventTarget()") || !text.includes("extends Event ")) throw new Error("chai is not the one that the patch was written for");
      const own = "class Event {}\nclass EventTarget { dispatchEvent() {} }\nconst { get: galleyGet, has: galleyHas } = Reflect;\n";
      return { contents: own + text.replaceAll("Reflect.get(", "galleyGet(").replaceAll("Reflect.has(", "galleyHas(") };
    });
  },
};
