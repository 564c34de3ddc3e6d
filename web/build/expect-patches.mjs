// Fits the packages behind `expect`: what they keep on the global object, where an answer could reach it, they keep to
// themselves, and chai's events, to which nobody listens, need no EventTarget.

import { readFile } from "node:fs/promises";

/** @type {import("esbuild").Plugin} */
export const expectPatches = {
  name: "expect-patches",
  setup(build) {
    build.onLoad({ filter: /@vitest[\\/]expect[\\/]dist[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const kept = text.replace(/globalThis(?=\[[A-Z_]+\]|, [A-Z_]+[,)])/g, "galleyKept");
      if (kept.includes("globalThis") || !text.includes("\nexport { chai };")) throw new Error("@vitest/expect is not the one that the patch was written for");
      return { contents: `export const galleyKept = { __proto__: null };\n${kept}` };
    });
    build.onLoad({ filter: /[\\/]chai[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes("new EventTarget()") || !text.includes("extends Event ")) throw new Error("chai is not the one that the patch was written for");
      return { contents: `class Event {}\nclass EventTarget { dispatchEvent() {} }\n${text}` };
    });
  },
};
