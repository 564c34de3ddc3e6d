// Makes a book of exercises of ../shared/corpora/exercism-dev.json and checks it: how many solutions pass, how many
// starters fail, what is the matter with the others, and what an exercise takes.
//
//   node scripts/exercism.mjs [--bin target/release/mdbook-galley] [--keep DIRECTORY]

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values: options } = parseArgs({ options: { bin: { type: "string" }, keep: { type: "string" } } });
const bin = resolve(options.bin ?? join(root, "target/release/mdbook-galley"));
const corpus = [join(root, "../shared/corpora/exercism-dev.json"), resolve("../shared/corpora/exercism-dev.json")].find(existsSync);
if (!corpus) {
  console.error("there is no ../shared/corpora/exercism-dev.json");
  process.exit(2);
}
const exercises = JSON.parse(readFileSync(corpus, "utf8"));
const book = options.keep ? resolve(options.keep) : mkdtempSync(join(tmpdir(), "galley-exercism-"));
/** Refactoring: there is nothing that the starter does not do. */
const MAY_PASS = new Set(["ledger", "markdown"]);
/** Nothing is measured of it. */
const SLOW = new Set(["pythagorean-triplet"]);

/** @param {string} name @param {string} text */
function write(name, text) {
  const path = join(book, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Relative imports have the ending that Node wants. @param {string} text */
const withEndings = (text) =>
  text.replace(/((?:from|import)\s+['"])(\.\.?\/[^'"]*)(['"])/g, (whole, before, path, after) => (/\.(?:js|json|mjs|cjs)$/.test(path) ? whole : `${before}${path}.js${after}`));

/** @param {string} spec */
const allRun = (spec) => spec.replace(/\bx(test|it|describe)(?=\s*\(|\.each)/g, "$1").replace(/\.skip\b(?=\s*[(.])/g, "");

write("book.toml", "[book]\ntitle = \"Exercises\"\n");
const titles = exercises.map((/** @type {any} */ { slug }) => `- [${slug}](${slug}.md)`);
write("src/SUMMARY.md", `# Summary\n\n${titles.join("\n")}\n`);
for (const exercise of exercises) {
  write(`src/${exercise.slug}.md`, `# ${exercise.slug}\n\n{{#exercise ${exercise.slug}}}\n`);
  writeExercise(`exercises/${exercise.slug}`, exercise);
}

/** @param {string} folder @param {any} exercise */
function writeExercise(folder, { slug, main, spec, solution, starter, extra }) {
  write(`${folder}/exercise.md`, `# ${slug}\n\nSolve it.\n\n## Hint\n\nRead the tests.\n`);
  const may = MAY_PASS.has(slug) ? "starter_may_pass = true\n" : "";
  // One of them counts for many seconds.
  write(`${folder}/exercise.toml`, `module = "esm"\nanswer = "${main}"\ntimeout_ms = 120000\n${may}`);
  write(`${folder}/solution.js`, withEndings(solution));
  write(`${folder}/starter.js`, withEndings(starter));
  write(`${folder}/test.js`, allRun(withEndings(spec)));
  for (const [name, text] of Object.entries(extra)) write(`${folder}/files/${name}`, withEndings(/** @type {string} */ (text)));
}

/** The settings of the book again: copies lie outside of its exercises. */
const SETTINGS = ["memory=\"256MiB\"", "mutants=false"].flatMap((setting) => ["--config", setting]);

/** @param {string[]} what */
function check(what) {
  const started = process.hrtime.bigint();
  const { stdout, stderr } = spawnSync(bin, ["check", ...what, ...SETTINGS, "--format", "json", "--no-cache"], { cwd: book, encoding: "utf8", maxBuffer: 1 << 30 });
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  if (!stdout) throw new Error(stderr);
  return { report: JSON.parse(stdout), ms };
}

const { report, ms } = check([]);
/** @type {string[]} */
const others = [];
let [passed, failed] = [0, 0];
for (const { name, solution, starter, folder } of report.exercises) {
  const slug = name ?? folder;
  if (isPassed(solution)) passed++;
  else others.push(`${slug}: the solution fails: ${reason(solution)}`);
  if (!isPassed(starter)) failed++;
  else others.push(`${slug}: the starter passes`);
}
const [total, share] = [report.exercises.length, (100 * passed) / exercises.length];
console.log(`${passed} of ${exercises.length} solutions pass (${share.toFixed(1)} %), ${failed} starters fail; ${total} exercises in ${ms.toFixed(0)} ms, ${(ms / total).toFixed(1)} ms an exercise`);
for (const other of others) console.log(other);

// What one exercise more takes: the difference between nine copies of it and one, by eight.
const COPIES = 9;
/** @type {number[]} */
const alone = [];
/** @type {number[]} */
const more = [];
for (const exercise of exercises) {
  if (SLOW.has(exercise.slug)) continue;
  const copies = Array.from({ length: COPIES }, (_, index) => `copies/${exercise.slug}-${index}`);
  copies.forEach((folder) => writeExercise(folder, exercise));
  const one = Math.min(check(copies.slice(0, 1)).ms, check(copies.slice(0, 1)).ms);
  alone.push(one);
  more.push((Math.min(check(copies).ms, check(copies).ms) - one) / (COPIES - 1));
}
const median = (/** @type {number[]} */ times) => times.sort((a, b) => a - b)[times.length >> 1].toFixed(1);
console.log(`one exercise more: median ${median(more)} ms; one alone, process and all: median ${median(alone)} ms (without ${[...SLOW].join(", ")}: it counts for seconds)`);
if (!options.keep) rmSync(book, { recursive: true });

/** @param {any} attempt */
function isPassed({ outcome, tests }) {
  const bad = tests.some((/** @type {any} */ { status }) => status === "failed" || status === "not-run");
  return outcome === "passed" && tests.length > 0 && !bad;
}

/** @param {any} attempt */
function reason({ outcome, tests, error }) {
  const bad = tests.find((/** @type {any} */ { status }) => status === "failed");
  if (bad) return `"${bad.name}": ${bad.message?.split("\n")[0]}`;
  return `${outcome}${error ? `: ${error.headline ?? error.message ?? JSON.stringify(error)}` : ""}`;
}
