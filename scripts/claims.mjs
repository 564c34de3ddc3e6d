// The yardstick of the judge on real tutorial code: checks the sets in ../shared/corpora (see its README) unedited and
// compares each verdict with what Node really printed there.
//
//   node scripts/claims.mjs [--list WHAT] [--set NAME] [--corpora DIR] [--binary PATH] [--config KEY=VALUE]… [--node PATH]
//
// The recorded word is that of one run of Node 20, which ends at the first error. With --node (a binary of the reference
// version, Node 24) it gets a second opinion: claims in blocks that the reference no longer runs are counted apart, and of
// the claims that are held against the record it is told how many the reference confirms. Claims that need what the engine
// says it does not have (`needs …`) are counted apart too.
//
// WHAT lists the claims behind one of the figures, with the reason that the report gives:
//   broken     confirmed by Node, told broken (false alarms)
//   unchecked  confirmed by Node, told unchecked
//   missed     confirmed by Node, not found
//   green      contradicted by Node, told held (false greens)

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fence, readBlocks } from "./blocks.mjs";
import { Witness } from "./node-witness.mjs";

const root = join(import.meta.dirname, "..");
const { values: options } = parseArgs({
  options: {
    list: { type: "string" },
    set: { type: "string" },
    corpora: { type: "string", default: join(root, "../shared/corpora") },
    binary: { type: "string", default: join(root, "target/release/mdbook-galley") },
    node: { type: "string" },
    config: { type: "string", multiple: true, default: [] },
  },
});

const SETS = ["mdn-live", "30-seconds", "33-concepts", "node-api"];
const BARE = new Set(["trailing-log", "trailing-expr", "own-plain"]);
const BLOCKS_A_FILE = 200;

if (!existsSync(options.corpora)) {
  console.log(`no corpora at ${options.corpora}: nothing was measured`);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), "galley-claims-"));
const witness = options.node ? new Witness(options.node) : null;
try {
  for (const set of SETS) if (!options.set || options.set === set) measure(set);
} finally {
  rmSync(folder, { recursive: true });
  witness?.close();
}

/** @param {string} set */
function measure(set) {
  const blocks = readBlocks(options.corpora, set);
  const verdicts = check(set, blocks);
  const tallies = new Map([["marked", tally()], ["bare", tally()]]);
  blocks.forEach((block, index) => {
    block.claims.forEach((/** @type {any} */ claim) => {
      const told = verdicts[index].find(({ line, endLine }) => line <= claim.line && claim.line <= endLine);
      const confirmed = claim.level !== "differs" && claim.level !== "unseen";
      const lacks = told?.verdict === "unchecked" && told.reason?.startsWith("needs ");
      const gone = confirmed && told?.verdict !== "held" && !lacks && witness?.nowFails(block);
      const verdict = lacks ? "lacking" : gone ? "gone" : (told?.verdict ?? "missed");
      if (!confirmed && verdict === "held" && witness) {
        const throwing = verdicts[index].filter(({ kind }) => kind === "throws").map(({ line }) => line);
        const kindOf = tallies.get(BARE.has(claim.convention) ? "bare" : "marked");
        if (witness.confirms(block, claim.line, told.actual, throwing)) {
          kindOf.confirmedNow++;
          return;
        }
      }
      const kind = tallies.get(BARE.has(claim.convention) ? "bare" : "marked");
      const counts = confirmed ? kind.confirmed : kind.contradicted;
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      if (verdict === "held") kind.rungs.set(told.rung, (kind.rungs.get(told.rung) ?? 0) + 1);
      const listed = confirmed ? verdict : verdict === "held" ? "green" : "";
      if (listed === options.list) list(block, claim, told);
    });
  });
  const found = verdicts.flat();
  const broken = found.filter(({ verdict }) => verdict === "broken").length;
  const held = found.filter(({ verdict }) => verdict === "held").length;
  console.log(`${set}: ${found.length} claims found in ${blocks.length} blocks: ${held} held, ${broken} broken, ${found.length - held - broken} unchecked`);
  for (const [name, { confirmed, contradicted, rungs, confirmedNow }] of tallies) {
    const total = sum(confirmed);
    if (total + sum(contradicted) === 0) continue;
    const of = (/** @type {string} */ verdict) => share(confirmed.get(verdict) ?? 0, total);
    console.log(`  ${name}, confirmed by Node: ${total}: held ${of("held")}, broken ${of("broken")} (false alarms), unchecked ${of("unchecked")}, not found ${of("missed")}, needs what the engine lacks ${of("lacking")}${witness ? `, gone in the reference ${of("gone")}` : ""}`);
    const judgeable = total - (confirmed.get("lacking") ?? 0) - (confirmed.get("gone") ?? 0);
    console.log(`  ${name}, of the ${judgeable} that can be judged: held ${share(confirmed.get("held") ?? 0, judgeable)}`);
    if (confirmedNow > 0) console.log(`  ${name}, held against the record and confirmed by the reference: ${confirmedNow}`);
    console.log(`  ${name}, contradicted: ${sum(contradicted)}: held ${share(contradicted.get("held") ?? 0, sum(contradicted))} (false greens), ${[...contradicted].filter(([verdict]) => verdict !== "held").map(([verdict, count]) => `${count} ${verdict}`).join(", ")}`);
    console.log(`  ${name}, rungs: ${[...rungs].sort(([, a], [, b]) => b - a).map(([rung, count]) => `${count} ${rung}`).join(", ")}`);
  }
  const reasons = new Map();
  for (const { verdict, reason } of found) if (verdict === "unchecked") reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const common = [...reasons].sort(([, a], [, b]) => b - a).slice(0, 8);
  for (const [reason, count] of common) console.log(`  ${String(count).padStart(5)} unchecked: ${reason}`);
}

function tally() {
  return { confirmed: new Map(), contradicted: new Map(), rungs: new Map(), confirmedNow: 0 };
}

/**
 * The claims that the report has of each block, by lines of its code.
 * @param {string} set @param {any[]} blocks
 */
function check(set, blocks) {
  const verdicts = blocks.map(() => []);
  for (let first = 0; first < blocks.length; first += BLOCKS_A_FILE) {
    const part = blocks.slice(first, first + BLOCKS_A_FILE);
    const path = join(folder, `${set}-${first}.md`);
    writeFileSync(path, part.map(fence).join("\n"));
    const args = ["check", path, "--format", "json", ...options.config.flatMap((pair) => ["--config", pair])];
    const ran = spawnSync(options.binary, args, { encoding: "utf8", maxBuffer: 1 << 28 });
    if (!ran.stdout) throw new Error(ran.stderr);
    const { examples, claims } = JSON.parse(ran.stdout);
    if (examples.length !== part.length) throw new Error(`${path}: ${examples.length} examples of ${part.length} blocks`);
    for (const { example, line, end_line, ...rest } of claims) {
      if (example === null) continue;
      const opening = examples[example].line;
      verdicts[first + example].push({ ...rest, line: line - opening, endLine: end_line - opening });
    }
  }
  return verdicts;
}

/** @param {any} block @param {any} claim @param {any} told */
function list(block, claim, told) {
  const code = block.code.split("\n").slice(Math.max(0, claim.line - 3), claim.line).map((line) => `      | ${line}`).join("\n");
  console.log(`    ${block.file}:${block.line}+${claim.line} ${claim.convention} ${claim.level}${claim.needs ? `, needs ${claim.needs}` : ""}`);
  console.log(code);
  console.log(`      stated ${JSON.stringify(claim.stated)}, Node ${JSON.stringify(claim.real)}, here ${JSON.stringify(told?.actual ?? null)} ${told?.rung ?? ""} ${told?.reason ?? ""}`);
}

/** @param {Map<string, number>} counts */
function sum(counts) {
  return [...counts.values()].reduce((one, other) => one + other, 0);
}

/** @param {number} part @param {number} whole */
function share(part, whole) {
  return `${part} (${((100 * part) / Math.max(1, whole)).toFixed(1)} %)`;
}
