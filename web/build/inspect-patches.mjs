// Patches for npm node-inspect-extracted, applied while bundling. The package is Node's own util.inspect, made to run
// anywhere; these give back what only an engine can know and what Node 24 does otherwise.
// A new release in which a target is missing or ambiguous fails the build: then look at the patch again.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const details = JSON.stringify(fileURLToPath(new URL("../runtime/builtins/engine-details.js", import.meta.url)));

/** @type {[why: string, target: string, replacement: string][]} */
const PATCHES = [
  [
    "the engine knows what a promise holds",
    "getPromiseDetails:()=>[g,void 0]",
    `getPromiseDetails(t){const[e,n]=require(${details}).promiseDetails(t);return[[g,"fulfilled",h][e],n]}`,
  ],
  [
    "the engine knows a proxy's target",
    "getProxyDetails:y.getProxyDetails",
    `getProxyDetails:(t,e)=>require(${details}).proxyDetails(t,e)`,
  ],
  [
    "the runtime knows what iterators still have to give; of weak collections nobody does",
    "previewEntries:t=>[[],!1]",
    `previewEntries(t,e){const n=require(${details}).previewEntries(t);return e?n:n[0]}`,
  ],
  [
    "functions whose prototypes have no constructor are printed too",
    'getConstructorName(t){if(!t||"object"!=typeof t)throw new i("Invalid object");',
    'getConstructorName(t){if("function"==typeof t)return"Function";',
  ],
  [
    "Node 24 takes a proxy of an array that begins with null for a revoked one",
    "if(void 0!==c){if(t.showProxy)",
    'if(void 0!==c){if(!t.showProxy&&null===c?.[0])return t.stylize("<Revoked Proxy>","special");if(t.showProxy)',
  ],
  [
    "methods such as `*g() {}` are generator functions too",
    'isGeneratorFunction:t=>"function"==typeof t&&a.toString.call(t).match(/^(async\\s+)?function *\\*/)',
    'isGeneratorFunction:t=>"function"==typeof t&&/GeneratorFunction/.test(d.toString.call(t))',
  ],
  ["Node 24 writes a proxy as its target, without a prefix", "c=je(e=c,!1),s+=1", "c=je(e=c,!1)"],
  [
    "Node 24 takes a proxy whose target's first item is null for a revoked one: it asks the target for [0] as if it were the pair",
    "do{if(null===c){",
    "do{if(null===c||null===c[0]){",
  ],
  [
    "Node 24 colours a regular expression as a whole",
    'Nn.styles.regexp.colors=["green","red","yellow","cyan","magenta"];const Wn=Nn.styles.regexp.colors.slice();',
    'Nn.styles.regexp="red";const Wn=[];',
  ],
  ["not every engine has URL", "878(t){t.exports=URL}", "878(t){t.exports=globalThis.URL??class URL{}}"],
];

/** @type {import("esbuild").Plugin} */
export const inspectPatches = {
  name: "inspect-patches",
  setup(build) {
    build.onLoad({ filter: /node-inspect-extracted[\\/]dist[\\/]inspect\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      const errors = [];
      for (const [why, target, replacement] of PATCHES) {
        const [before, after, ...more] = contents.split(target);
        if (after === undefined || more.length > 0) errors.push({ text: `patch "${why}": its target does not occur exactly once` });
        else contents = before + replacement + after;
      }
      return { contents, errors, loader: "js" };
    });
  },
};
