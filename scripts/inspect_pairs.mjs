// How much of util.inspect and util.format equals Node's, measured through the binary's own engine:
//   node scripts/inspect_pairs.mjs [BINARY] [CORPORA]
// The corpora are no part of the project: pairs `{expr, expected}` and values with Node 24's text. Without them there
// is nothing to measure, and the script says so.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const binary = resolve(process.argv[2] ?? join(root, "target/debug/mdbook-galley"));
const corpora = resolve(process.argv[3] ?? join(root, "../shared/corpora"));
/** Classes whose texts hold engine stacks or the engine's words: told apart. */
const APART = new Set(["error-stack", "error-message"]);

if (existsSync(join(corpora, "inspect-pairs.json"))) measure();
else console.log(`no corpora in ${corpora}: nothing measured`);

function measure() {
  const read = (name) => readFileSync(join(corpora, name), "utf8");
  const pairs = JSON.parse(read("inspect-pairs.json"));
  const texts = run(pairs.map(({ expr }) => `const util = require("util"), assert = require("assert");\nprocess.stdout.write(String(${expr}));`));
  report("pairs", pairs.map(({ expr, expected }, i) => ({ name: expr, expected, got: texts[i] })));

  const values = JSON.parse(read("inspect-values.node24.json"));
  const program = `${read("inspect-values.js")}\nprocess.stdout.write(JSON.stringify(__runCases(require("util").format)));`;
  const [answer] = run([program]);
  const got = answer.startsWith("[") ? JSON.parse(answer) : [];
  const cases = values.map(([kind, name, expected], i) => ({ kind, name, expected, got: got[i]?.[2] ?? answer.slice(0, 200) }));
  report("values", cases.filter(({ kind }) => !APART.has(kind)));
  report("values, engine stacks and words", cases.filter(({ kind }) => APART.has(kind)));
}

/** What each program prints. */
function run(programs) {
  const folder = mkdtempSync(join(tmpdir(), "galley-inspect-"));
  try {
    writeFileSync(join(folder, "programs.md"), programs.map((program) => `${"`".repeat(40)}js\n${program}\n${"`".repeat(40)}\n`).join("\n"));
    const { stdout } = spawnSync(binary, ["check", join(folder, "programs.md"), "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 30 });
    return JSON.parse(stdout).examples.map(({ stdout, error, outcome }) => stdout || (error ? `${error.name}: ${error.message}` : outcome === "completed" ? "" : outcome));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(what, cases) {
  const differing = cases.filter(({ expected, got }) => expected !== got);
  console.log(`${what}: ${cases.length - differing.length} of ${cases.length} equal`);
  for (const { name, expected, got } of differing) console.log(`  ${name}\n    node:   ${JSON.stringify(expected)}\n    galley: ${JSON.stringify(got)}`);
}
