// Random values, printed by Node and by Galley (tests/differential/cases.js makes and prints them).
//
//   node scripts/differential.mjs --node PATH                       records the hashes of what that Node 24 prints
//   node scripts/differential.mjs --node PATH --live [--first N] [--cases N]   prints the cases in which Galley differs

import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");
const { values: options } = parseArgs({
  options: {
    node: { type: "string" },
    live: { type: "boolean" },
    first: { type: "string", default: "0" },
    cases: { type: "string", default: "5000" },
    show: { type: "string", default: "20" },
    binary: { type: "string", default: join(root, "target/debug/mdbook-galley") },
  },
});
const node = resolve(options.node ?? process.execPath);
const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
if (!version.startsWith("v24.")) {
  console.error(`${version} is not Node 24: give its path with --node`);
  process.exit(2);
}
const source = readFileSync(join(root, "tests/differential/cases.js"), "utf8");
/** Stands before each case's text; no case prints it. */
const MARK = "\u0001";
const A_PROGRAM = 100;
const folder = mkdtempSync(join(tmpdir(), "galley-differential-"));
try {
  if (options.live) compare();
  else record();
} finally {
  rmSync(folder, { recursive: true });
}

function record() {
  const texts = inNode(0, Number(options.cases));
  const again = inNode(0, Number(options.cases));
  const chance = texts.findIndex((text, index) => text !== again[index]);
  if (chance >= 0) throw new Error(`case ${chance} differs between two runs`);
  const hashes = texts.map((text) => createHash("sha256").update(text).digest("hex").slice(0, 12));
  const lines = [];
  for (let at = 0; at < hashes.length; at += 10) lines.push(hashes.slice(at, at + 10).join(" "));
  const path = join(root, "tests/differential/hashes.txt");
  writeFileSync(`${path}.new`, lines.join("\n") + "\n");
  renameSync(`${path}.new`, path);
  console.log(`${hashes.length} cases as ${version} prints them, ${new Set(hashes).size} of them different`);
}

function compare() {
  const [first, count] = [Number(options.first), Number(options.cases)];
  const [theirs, ours] = [inNode(first, count), inGalley(first, count)];
  const differing = theirs.flatMap((text, index) => (text === ours[index] ? [] : [index]));
  for (const index of differing.slice(0, Number(options.show))) {
    console.log(`--- case ${first + index}\n${theirs[index]}+++ here\n${ours[index] ?? "(nothing)\n"}`);
  }
  console.log(`${count - differing.length} of ${count} agree; different: ${differing.map((index) => first + index).join(" ")}`);
}

/** @param {number} first @param {number} count */
function inNode(first, count) {
  const path = join(folder, "main.js");
  writeFileSync(path, program(first, count));
  const ran = spawnSync(node, [path], { encoding: "utf8", maxBuffer: 1 << 28, env: { TZ: "UTC" } });
  const texts = split(ran.stdout);
  if (texts.length !== count) throw new Error(`${texts.length} of ${count} cases were printed\n${ran.stderr}`);
  return texts;
}

/** @param {number} first @param {number} count */
function inGalley(first, count) {
  const path = join(folder, "cases.md");
  let text = "";
  for (let at = first; at < first + count; at += A_PROGRAM) {
    text += `\`\`\`\`js timeout=60000\n${program(at, Math.min(A_PROGRAM, first + count - at))}\n\`\`\`\`\n\n`;
  }
  writeFileSync(path, text);
  const ran = spawnSync(options.binary, ["check", path, "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 30 });
  const { examples } = JSON.parse(ran.stdout);
  return examples.flatMap((/** @type {any} */ example, /** @type {number} */ at) => {
    if (example.outcome !== "completed") console.log(`cases from ${first + at * A_PROGRAM}: ${example.outcome} ${example.error?.message ?? ""}`);
    const texts = split(example.stdout);
    return Array.from({ length: Math.min(A_PROGRAM, count - at * A_PROGRAM) }, (_, index) => texts[index]);
  });
}

/** @param {number} first @param {number} count */
function program(first, count) {
  return `${source}\nfor (let index = ${first}; index < ${first + count}; index++) {\n  console.log(${JSON.stringify(MARK)});\n  printCase(index);\n}`;
}

/** @param {string} stdout */
function split(stdout) {
  return stdout.split(`${MARK}\n`).slice(1);
}
