// The judge proven on real tutorial code: audits the sets in ../shared/corpora (see its README) and prints how many of the
// changes that make a claim false are reported.
//
//   node scripts/audit.mjs [--list] [--set NAME] [--corpora DIR] [--binary PATH] [--config KEY=VALUE]… [--jobs N]
//
// --list names each change that nobody noticed, with the code that it stands in.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fence, readBlocks } from "./blocks.mjs";

const root = join(import.meta.dirname, "..");
const { values: options } = parseArgs({
  options: {
    list: { type: "boolean", default: false },
    set: { type: "string" },
    corpora: { type: "string", default: join(root, "../shared/corpora") },
    binary: { type: "string", default: join(root, "target/release/mdbook-galley") },
    config: { type: "string", multiple: true, default: [] },
    jobs: { type: "string" },
  },
});

/** Each set with the settings that its programs were written for. */
const SETS = new Map([
  ["mdn-live", []],
  ["30-seconds", []],
  ["33-concepts", []],
  ["node-api", ['host="repl"']],
]);
const BLOCKS_A_FILE = 200;
/** Less than this share of the changes reported is a failure. */
const WANTED = 0.995;

if (!existsSync(options.corpora)) {
  console.log(`no corpora at ${options.corpora}: nothing was audited`);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), "galley-audit-"));
try {
  for (const [set, config] of SETS) if (!options.set || options.set === set) audit(set, config);
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {string} set @param {string[]} config */
function audit(set, config) {
  const blocks = readBlocks(options.corpora, set);
  const totals = { claims: 0, held: 0, weak: 0, total: 0, caught: 0, unfalsifiable: 0, duration: 0 };
  const kinds = new Map();
  const listed = [];
  for (let first = 0; first < blocks.length; first += BLOCKS_A_FILE) {
    const text = blocks.slice(first, first + BLOCKS_A_FILE).map(fence).join("\n");
    const path = join(folder, `${set}-${first}.md`);
    writeFileSync(path, text);
    const { summary, missed, unfalsifiable } = run(path, config);
    totals.claims += summary.claims.total;
    totals.held += summary.claims.held;
    totals.weak += summary.claims.weak;
    totals.total += summary.falsifications.total;
    totals.caught += summary.falsifications.caught;
    totals.unfalsifiable += summary.unfalsifiable;
    totals.duration += summary.duration_ms;
    for (const { what, how } of missed) {
      const kind = `${what}: ${how.replace(/, and what was seen is.*/s, "")}`;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    const lines = text.split("\n");
    for (const found of [...missed, ...unfalsifiable]) listed.push(told(found, lines));
  }
  const { claims, held, weak, total, caught, unfalsifiable, duration } = totals;
  const share = caught / Math.max(1, total);
  console.log(`${set}: ${claims} claims, ${held} held and audited, ${weak} weak, ${unfalsifiable} unfalsifiable; ${caught}/${total} falsifications caught (${(100 * share).toFixed(2)} %) in ${(duration / 1000).toFixed(1)} s`);
  for (const [kind, count] of [...kinds].sort(([, a], [, b]) => b - a)) console.log(`  ${String(count).padStart(5)} missed: ${kind}`);
  if (options.list) console.log(listed.join("\n"));
  if (share < WANTED) process.exitCode = 1;
}

/** @param {string} path @param {string[]} config */
function run(path, config) {
  const settings = [...config, ...options.config].flatMap((pair) => ["--config", pair]);
  const jobs = options.jobs ? ["--jobs", options.jobs] : [];
  const ran = spawnSync(options.binary, ["audit", path, "--format", "json", ...settings, ...jobs], { encoding: "utf8", maxBuffer: 1 << 30 });
  if (!ran.stdout) throw new Error(ran.stderr || String(ran.error));
  return JSON.parse(ran.stdout);
}

/** @param {any} found @param {string[]} lines */
function told({ line, end_line, what, stated, changed, how, reason }, lines) {
  const code = lines.slice(Math.max(0, line - 3), end_line).map((text) => `      | ${text}`).join("\n");
  const change = reason ? `unfalsifiable: ${reason}` : `${what}: ${JSON.stringify(stated)} became ${JSON.stringify(changed)}: ${how}`;
  return `    ${change}\n${code}`;
}
