// Fits the packages behind `expect`: what they keep on the global object, where an answer could reach it, they keep to
// themselves, they call the language's methods as they were (pristine-calls.mjs), and chai's events, to which nobody listens, need no EventTarget.

import { readFile } from "node:fs/promises";
import { withPristineCalls } from "./pristine-calls.mjs";

/** In `resolves` and in `rejects`. */
const DEFERRED = [
  ['return (...args) => {\n\t\t\t\tutils.flag(this, "_name", key);', 'return galleyKept.guarded((...args) => {\n\t\t\t\tutils.flag(this, "_name", key);'],
  ['"soft"));\n\t\t\t};\n\t\t} });', '"soft"));\n\t\t\t});\n\t\t} });'],
  ["result.call(this, ...args)", "galleyKept.apply(result, this, args)"],
];

/** A matcher is one that the test file has made, whatever a value of the answer's looks like. */
const MATCHERS = [
  ['return !!obj && typeof obj === "object" && "asymmetricMatch" in obj && isA("Function", obj.asymmetricMatch);', "return galleyIsMatcher(obj);"],
  ["\nclass AsymmetricMatcher {\n", `
let galleyIsMatcher;
class AsymmetricMatcher {
	#galleyTrusted = galleyKept.trusted();
	static {
		galleyIsMatcher = (obj) => typeof obj === "object" && obj !== null && #galleyTrusted in obj && obj.#galleyTrusted;
	}
`],
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
      for (const [from, to] of MATCHERS) {
        const parts = guarded.split(from);
        if (parts.length !== 2) throw new Error(`@vitest/expect has no longer once: ${from}`);
        guarded = parts.join(to);
      }
      const own = "export const galleyKept = { __proto__: null, apply: Reflect.apply, guarded: (assertion) => assertion, trusted: () => false };\n";
      return { contents: withPristineCalls(own + guarded) };
    });
    build.onLoad({ filter: /[\\/]chai[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes("new EventTarget()") || !text.includes("extends Event ")) throw new Error("chai is not the one that the patch was written for");
      return { contents: withPristineCalls(`class Event {}\nclass EventTarget { dispatchEvent() {} }\n${text}`) };
    });
    build.onLoad({ filter: /@vitest[\\/](?:utils|pretty-format)[\\/]dist[\\/][\w-]+\.js$/ }, async ({ path }) => ({ contents: withPristineCalls(await readFile(path, "utf8")) }));
  },
};
