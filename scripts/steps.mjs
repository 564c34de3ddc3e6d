// The yardstick of tracing on real tutorial code: runs the blocks of the sets in ../shared/corpora (see its README) for their
// steps, and counts those that print what they print without, byte for byte, and end as they do.
//
//   node scripts/steps.mjs [--set NAME] [--corpora DIR] [--binary PATH]
//
// Exits with 1 when fewer than 995 of 1,000 are the same. The rest is listed.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fence, readBlocks } from "./blocks.mjs";

const root = join(import.meta.dirname, "..");
const { values: options } = parseArgs({
  options: {
    set: { type: "string" },
    corpora: { type: "string", default: join(root, "../shared/corpora") },
    binary: { type: "string", default: join(root, "target/debug/mdbook-galley") },
  },
});

const SETS = ["mdn-live", "30-seconds", "33-concepts", "node-api"];
const BLOCKS_A_FILE = 200;
const WANTED = 0.995;
/** All steps are told, and few are drawn. */
const WORDS = "steps=1";

if (!existsSync(options.corpora)) {
  console.log(`no corpora at ${options.corpora}: nothing was measured`);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), "galley-steps-"));
let [same, all] = [0, 0];
try {
  for (const set of SETS) {
    if (options.set && options.set !== set) continue;
    const { ran, differing } = measure(set);
    console.log(`${set}: ${ran - differing.length} of ${ran} do the same when they are traced`);
    for (const { block, message } of differing) console.log(`  ${block.file}:${block.line}\n    ${message}`);
    same += ran - differing.length;
    all += ran;
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`all: ${same} of ${all} (${((100 * same) / Math.max(1, all)).toFixed(2)} %)`);
process.exit(same >= all * WANTED ? 0 : 1);

/** @param {string} set */
function measure(set) {
  const blocks = readBlocks(options.corpora, set).filter((block) => typeof block.stdout === "string");
  let ran = 0;
  const differing = [];
  for (let first = 0; first < blocks.length; first += BLOCKS_A_FILE) {
    const part = blocks.slice(first, first + BLOCKS_A_FILE);
    const path = join(folder, `${set}-${first}.md`);
    const fences = part.map((block) => fence(block, WORDS));
    writeFileSync(path, fences.join("\n"));
    const { stdout } = spawnSync(options.binary, ["check", path, "--format", "json", "--no-cache"], { encoding: "utf8", maxBuffer: 1 << 28 });
    const report = JSON.parse(stdout);
    if (report.examples.length !== part.length) throw new Error(`${path}: ${report.examples.length} examples of ${part.length} blocks`);
    ran += report.examples.filter((/** @type {any} */ { status }) => status === "passed").length;
    // The line of each fence.
    let line = 1;
    const starts = fences.map((text) => (line += text.split("\n").length) - text.split("\n").length);
    for (const { message, line } of report.diagnostics) {
      if (!message.startsWith("there is no picture: the run that is to be drawn")) continue;
      differing.push({ block: part[starts.findLastIndex((start) => start <= line)], message });
    }
  }
  return { ran, differing };
}
