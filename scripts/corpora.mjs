// The yardstick on real tutorial code: runs the blocks of the sets in ../shared/corpora (see its README) through the
// binary and compares what each prints, byte for byte, with what Node prints.
//
//   node scripts/corpora.mjs [--list] [--set NAME] [--corpora DIR] [--binary PATH] [--node PATH]
//
// Without --node the recorded outputs are the measure; with it each block whose recorded output differs is run again
// by that Node, whose word then counts. Only blocks with a recorded output count: they are deterministic and run alone.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fence, readBlocks } from "./blocks.mjs";

const root = join(import.meta.dirname, "..");
const { values: options } = parseArgs({
  options: {
    list: { type: "boolean" },
    set: { type: "string" },
    corpora: { type: "string", default: join(root, "../shared/corpora") },
    binary: { type: "string", default: join(root, "target/debug/mdbook-galley") },
    node: { type: "string" },
  },
});

const SETS = ["mdn-live", "30-seconds", "33-concepts", "node-api"];
const BLOCKS_A_FILE = 200;

/** What the first figure leaves out: it speaks of blocks that need none of these. */
const OUTSIDE = [
  ["network", /\bfetch\(|require\(['"](node:)?(https?|http2|net|dgram|dns(\/promises)?|tls)['"]\)|from ['"](node:)?(https?|http2|net|dgram|dns(\/promises)?|tls)['"]|\bWebSocket\b/],
  ["file system", /['"](node:)?fs(\/promises)?['"]/],
  ["Intl", /\bIntl\.|toLocale\w+\(['"]|localeCompare\([^)]*,|toLocale(Date|Time)String\(|toLocaleString\(/],
  ["DOM", /\bdocument\.|\bwindow\.|\blocalStorage\b|HTMLElement|customElements/],
];

if (!existsSync(options.corpora)) {
  console.log(`no corpora at ${options.corpora}: nothing was measured`);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), "galley-corpora-"));
try {
  const total = { equal: 0, counted: 0 };
  for (const set of SETS) {
    if (options.set && options.set !== set) continue;
    const { equal, counted } = measure(set);
    total.equal += equal;
    total.counted += counted;
  }
  console.log(`all: ${share(total.equal, total.counted)}`);
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {string} set */
function measure(set) {
  const blocks = readBlocks(options.corpora, set)
    .filter((block) => typeof block.stdout === "string");
  const results = run(set, blocks);
  const groups = new Map();
  let equal = 0;
  let counted = 0;
  let outside = 0;
  let absent = 0;
  blocks.forEach((block, index) => {
    const result = results[index];
    const verdict = judge(block, result);
    if (verdict === "equal") {
      equal++;
      counted++;
      return;
    }
    const needs = OUTSIDE.find(([, pattern]) => pattern.test(block.code))?.[0];
    if (result.outcome === "skipped") absent++;
    if (needs) outside++;
    else counted++;
    const reason = needs ? `outside: ${needs}` : verdict.reason;
    if (!groups.has(reason)) groups.set(reason, []);
    groups.get(reason).push({ block, result, detail: verdict.detail });
  });
  console.log(`${set}: ${share(equal, counted)} equal; ${outside} others need network, files, Intl or the DOM`);
  console.log(`  ${share(equal, blocks.length - absent)} of all that were run; ${absent} of ${blocks.length} were told to need what is absent`);
  const sorted = [...groups].sort(([, a], [, b]) => b.length - a.length);
  for (const [reason, members] of sorted) {
    console.log(`  ${String(members.length).padStart(4)}  ${reason}`);
    if (!options.list) continue;
    for (const { block, detail } of members) console.log(`        ${block.file}:${block.line}\n          ${detail}`);
  }
  return { equal, counted };
}

/** @param {string} set @param {any[]} blocks */
function run(set, blocks) {
  const results = [];
  for (let first = 0; first < blocks.length; first += BLOCKS_A_FILE) {
    const part = blocks.slice(first, first + BLOCKS_A_FILE);
    const path = join(folder, `${set}-${first}.md`);
    writeFileSync(path, part.map((block) => fence(block)).join("\n"));
    const ran = spawnSync(options.binary, ["check", path, "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 28 });
    const { examples } = JSON.parse(ran.stdout);
    if (examples.length !== part.length) throw new Error(`${path}: ${examples.length} examples of ${part.length} blocks`);
    results.push(...examples);
  }
  return results;
}

/** @param {{ code: string, stdout: string }} block @param {any} result */
function judge(block, result) {
  if (result.stdout === block.stdout) return "equal";
  const expected = options.node ? live(block.code) : block.stdout;
  if (result.stdout === expected) return "equal";
  if (result.outcome === "skipped") return { reason: result.reason, detail: "" };
  const detail = difference(expected, result.stdout);
  if (expected && result.stdout.startsWith(expected) && /Error|throws/.test(block.code)) {
    return { reason: "goes on behind a stated error", detail };
  }
  if (result.outcome !== "completed" && result.outcome !== "threw") return { reason: result.outcome, detail };
  if (result.error && expected.startsWith(result.stdout)) {
    return { reason: `error: ${result.error.name}: ${result.error.message.split("\n")[0]}`, detail };
  }
  return { reason: "differs", detail };
}

/** @param {string} code */
function live(code) {
  const path = join(folder, "block.js");
  writeFileSync(path, code);
  const ran = spawnSync(resolve(String(options.node)), [path], { encoding: "utf8", timeout: 20_000, env: { TZ: "UTC", PATH: process.env.PATH }, cwd: folder });
  return ran.stdout;
}

/** The first line that differs. @param {string} expected @param {string} actual */
function difference(expected, actual) {
  const [theirs, ours] = [expected.split("\n"), actual.split("\n")];
  const at = theirs.findIndex((line, index) => line !== ours[index]);
  if (at < 0) return `one line too many: ${JSON.stringify(ours[theirs.length])}`;
  return `line ${at + 1}: Node ${JSON.stringify(theirs[at])}, here ${JSON.stringify(ours[at] ?? null)}`;
}

/** @param {number} part @param {number} whole */
function share(part, whole) {
  return `${part} of ${whole} (${((100 * part) / Math.max(1, whole)).toFixed(1)} %)`;
}
