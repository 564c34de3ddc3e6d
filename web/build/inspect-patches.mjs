// Fits npm node-inspect-extracted to the runtime while bundling. The package is Node's own util.inspect, made to run
// anywhere, in one file of numbered modules. Patches give back what only an engine can know and what Node 24 does
// otherwise; modules that carry more than util.inspect needs are replaced by small ones.
// A new release in which a target or a module is missing or ambiguous fails the build: then look at the patch again.

import { parse } from "acorn";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** @param {string} name in runtime/builtins/inspect */
const source = (name) => JSON.stringify(fileURLToPath(new URL(`../runtime/builtins/inspect/${name}`, import.meta.url)));
const details = source("engine-details.js");

/** The package's modules by number: what stands for them, or null for those that only replaced ones ask for. @type {Record<string, string | null>} */
const MODULES = {
  683: `require(${source("primordials.js")}).primordials`,
  778: `require(${source("stand-ins.js")}).errors`,
  123: `require(${source("stand-ins.js")}).assert`,
  947: `require(${source("stand-ins.js")}).realm`,
  302: `require(${source("stand-ins.js")}).validators`,
  812: `require(${source("stand-ins.js")}).urls`,
  179: `require(${source("stand-ins.js")}).proxies`,
  120: null,
  244: null,
  878: null,
};

/** @type {[why: string, target: string, replacement: string][]} */
const PATCHES = [
  [
    "the engine knows what a promise holds",
    "getPromiseDetails:()=>[g,void 0]",
    `getPromiseDetails(t){const[e,n]=require(${details}).promiseDetails(t);return[[g,"fulfilled",h][e],n]}`,
  ],
  [
    "of a long array, only the keys that are no indices are looked for",
    'getOwnNonIndexProperties:function(t,e=2){const n=a(t),r=[];for(const[t,o]of s(n))if(!/^(0|[1-9][0-9]*)$/.test(t)||l(t,10)>=2**32-1){if(2===e&&!o.enumerable)continue;r.push(t)}for(const n of u(t)){const o=c(t,n);(2!==e||o.enumerable)&&r.push(n)}return r}',
    `getOwnNonIndexProperties:(t,e)=>require(${details}).ownNonIndexKeys(t,e)`,
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
  ["what is only recorded is inspected without a call that a program could see", "seen:[]", `seen:require(${details}).enclosing()`],
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
];

/** @type {import("esbuild").Plugin} */
export const inspectPatches = {
  name: "inspect-patches",
  setup(build) {
    build.onLoad({ filter: /node-inspect-extracted[\\/]dist[\\/]inspect\.js$/ }, async ({ path }) => {
      const errors = [];
      let contents = withModules(await readFile(path, "utf8"), (text) => errors.push({ text }));
      for (const [why, target, replacement] of PATCHES) {
        const [before, after, ...more] = contents.split(target);
        if (after === undefined || more.length > 0) errors.push({ text: `patch "${why}": its target does not occur exactly once` });
        else contents = before + replacement + after;
      }
      return { contents, errors, loader: "js" };
    });
  },
};

/**
 * The package with its replaced modules, and without the painter of regular expressions, which Node 24 does not use.
 * @param {string} text @param {(problem: string) => void} report
 */
function withModules(text, report) {
  /** @type {{ start: number, end: number, text: string }[]} */
  const edits = [];
  const wanted = new Set(Object.keys(MODULES));
  /** @param {any} node */
  const walk = (node) => {
    if (node.type === "Property" && node.value.type === "FunctionExpression") {
      const name = String(node.key.value ?? node.key.name);
      if (Object.hasOwn(MODULES, name)) {
        if (!wanted.delete(name)) report(`there are two modules ${name}`);
        const replacement = MODULES[name] === null ? "0" : `(t)=>{t.exports=${MODULES[name]}}`;
        edits.push({ start: node.start, end: node.end, text: `${name}:${replacement}` });
        return;
      }
      if (name === "regexp") {
        edits.push({ start: node.value.start, end: node.value.end, text: '"red"' });
        return;
      }
    }
    for (const child of Object.values(node).flat()) if (child && typeof (/** @type {any} */ (child).type) === "string") walk(child);
  };
  walk(parse(text, { ecmaVersion: "latest" }));
  for (const name of wanted) report(`there is no module ${name}`);
  let changed = text;
  for (const { start, end, text } of edits.sort((a, b) => b.start - a.start)) changed = changed.slice(0, start) + text + changed.slice(end);
  return changed;
}
