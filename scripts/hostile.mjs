// The hostile set of ../shared/corpora/hostile-dev (see its README): each entry is checked as a stranger's, with a good
// example beside it where there is room for one, and compared with its class.
//
//   node scripts/hostile.mjs [--only TEXT] [--quick] [--set DIR] [--binary PATH]
//
// Prints every failure and passed/all for each class; exits with 1 if there is a failure. --quick leaves out the books of
// 40,000 and of 100,000 examples, which take minutes.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");
const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean" },
    set: { type: "string", default: join(root, "../shared/corpora/hostile-dev") },
    binary: { type: "string", default: join(root, "target/release/mdbook-galley") },
  },
});

// Commands run in other folders.
const binary = resolve(options.binary);

/** Milliseconds that a program gets; what is generated holds up to 100,000 examples. */
const LIMIT = 2000;
const SLACK = 20_000;
const BIG = 600_000;
/** What no report may hold. */
const SECRETS = /root:[^:]*:0:0|canary-of-the-environment|\/home\/|\/tmp\/galley-hostile/;
const TOO_LARGE = /Invalid string length|allocation failed|BigInt (is too large|size exceeded)/i;
const clip = (text) => (text.length > 100 ? `${text.slice(0, 100)}…` : text);
const GOOD = "\n\n```js\nconst good = 20 + 22;\ngood; // => 42\n```\n";

if (!existsSync(options.set)) {
  console.log(`no set at ${options.set}: nothing was checked`);
  process.exit(0);
}

const work = mkdtempSync(join(tmpdir(), "galley-hostile-"));
try {
  process.exitCode = main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function main() {
  const set = join(work, "set");
  cpSync(options.set, set, { recursive: true });
  spawnSync("python3", [join(set, "make_big.py"), set]);
  const { entries } = JSON.parse(readFileSync(join(set, "index.json"), "utf8"));
  const classes = new Map();
  let failures = 0;
  for (const entry of entries) {
    if (options.only && !`${entry.id} ${entry.file} ${entry.class}`.includes(options.only)) continue;
    if (options.quick && /^big-00[12]$/.test(entry.id)) continue;
    const count = classes.get(entry.class) ?? { passed: 0, all: 0 };
    classes.set(entry.class, count);
    count.all++;
    const problems = judge(entry, set);
    if (problems.length === 0) {
      count.passed++;
      continue;
    }
    failures++;
    console.log(`${entry.id} ${entry.file} (${entry.class}${entry.verdict ? `, verdict ${entry.verdict}` : ""})\n  wanted: ${entry.expect}`);
    for (const problem of problems) console.log(`  ${problem}`);
  }
  for (const [name, { passed, all }] of [...classes].sort()) {
    console.log(`${passed === all ? "ok  " : "FAIL"} ${String(passed).padStart(4)} of ${String(all).padEnd(4)} ${name}`);
  }
  const all = [...classes.values()].reduce((sum, { all }) => sum + all, 0);
  console.log(`\n${all - failures} of ${all} passed`);
  return failures ? 1 : 0;
}

/** What is wrong with what the program made of an entry. */
function judge(entry, set) {
  const big = entry.id.startsWith("big-");
  const place = lay(entry, set);
  const run = check(place, big);
  const problems = [];
  if (run.signal || run.code === null) problems.push(`killed by ${run.signal} after ${run.ms} ms`);
  if (![0, 1, 2].includes(run.code)) problems.push(`exit code ${run.code}`);
  if (/panicked|internal error/i.test(run.stderr)) problems.push(`stderr: ${run.stderr.slice(0, 300)}`);
  if (!run.report) return [...problems, `no report: ${run.stderr.slice(0, 300)}`];
  if (!big && run.ms > LIMIT * 3 + SLACK) problems.push(`it took ${run.ms} ms`);
  if (entry.kind === "js" && entry.class !== "diagnostic-error") {
    const { examples, claims } = run.report;
    if (examples.length !== 2) problems.push(`${examples.length} examples of 2`);
    const good = claims.filter((claim) => claim.example === 1);
    if (good.length !== 1 || good[0].verdict !== "held") problems.push("the good example behind it was not verified");
  }
  const reasons = entry.class.split("-or-").map((name) => ofClass(name, entry, run, place));
  if (reasons.every((reason) => reason !== undefined)) problems.push(...new Set(reasons.filter(Boolean)));
  if (entry.verdict === "fail" && !(run.code === 1 && errorAtLastClaim(run, place))) {
    problems.push("the wrong claim at its end is not reported");
  }
  if (problems.length) {
    problems.push(`exit ${run.code}; ${run.report.examples.slice(0, 3).map((example) => `${example.outcome}${example.error ? ` ${example.error.name}: ${clip(example.error.message)}` : ""} printed ${JSON.stringify(clip(example.stdout))}`).join(" | ")}`);
    for (const found of run.report.diagnostics.slice(0, 4)) problems.push(`${found.severity} ${found.code} ${found.file}:${found.line} ${clip(found.message)}`);
  }
  return problems;
}

/** Puts the entry into a folder of its own; gives what is to be checked. */
function lay(entry, set) {
  const folder = join(work, entry.id);
  mkdirSync(folder, { recursive: true });
  const source = join(set, entry.file);
  const name = basename(entry.file);
  if (entry.kind === "js") {
    const code = readFileSync(source);
    const longest = Math.max(2, ...[...code.toString("latin1").matchAll(/`+/g)].map(([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    // One that requires itself has to be found under its own name.
    const info = code.includes(`./${name}`) ? `js file=${name}` : "js";
    const path = join(folder, "case.md");
    const end = code.at(-1) === 10 ? "" : "\n";
    writeFileSync(path, Buffer.concat([Buffer.from(`# Case\n\n${fence}${info}\n`), code, Buffer.from(`${end}${fence}${GOOD}`)]));
    return { cwd: folder, path: "case.md", lines: code.toString("latin1").split("\n").length + 3 };
  }
  if (entry.kind === "config") {
    cpSync(source, join(folder, "book.toml"));
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "src/SUMMARY.md"), "# Summary\n\n- [One](one.md)\n");
    writeFileSync(join(folder, "src/one.md"), `# One${GOOD}`);
    return { cwd: folder, path: "." };
  }
  if (entry.kind === "exercise") {
    cpSync(source, join(folder, name), { recursive: true, verbatimSymlinks: true });
    return { cwd: folder, path: name };
  }
  if (entry.kind === "book") {
    cpSync(source, join(folder, "src"), { recursive: true });
    writeFileSync(join(folder, "book.toml"), '[book]\ntitle = "Huge"\n\n[build]\nbuild-dir = "site"\n');
    return { cwd: folder, path: "." };
  }
  cpSync(source, join(folder, name));
  return { cwd: folder, path: name };
}

function check({ cwd, path }, big) {
  const started = Date.now();
  // A stranger may not ask for that many examples.
  const untrusted = big ? [] : ["--untrusted"];
  const limits = path === "." ? [] : ["--config", `timeout=${LIMIT}`];
  const ran = spawnSync(binary, ["check", path, "--format", "json", ...untrusted, ...limits], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    timeout: big ? BIG : 120_000,
    env: { PATH: process.env.PATH, CANARY: "canary-of-the-environment" },
  });
  let report;
  try {
    report = JSON.parse(ran.stdout);
  } catch {
    report = undefined;
  }
  return { code: ran.status, signal: ran.signal, ms: Date.now() - started, stderr: ran.stderr ?? "", stdout: ran.stdout ?? "", report };
}

/** Nothing when the run is as the class asks; else what is missing. */
function ofClass(name, entry, run, place) {
  const { report, code } = run;
  const first = report.examples[0];
  const errors = report.diagnostics.filter((found) => found.severity === "error");
  const outcome = first?.outcome;
  const attempts = report.exercises.flatMap((exercise) => [exercise.solution, exercise.starter]);
  const outcomes = [outcome, ...attempts.map((attempt) => attempt?.outcome)];
  const need = (condition, text) => (condition ? undefined : text);
  const located = (found) => found.some((one) => one.file);
  switch (name) {
    case "timeout":
      // V8 and this engine refuse to make a number of a billion digits.
      return need((outcomes.includes("timed-out") || TOO_LARGE.test(first?.error?.message ?? "")) && code === 1, "wanted: timed out, exit 1");
    case "oom":
      return need(["out-of-memory", "crashed"].includes(outcome) || TOO_LARGE.test(first?.error?.message ?? ""), "wanted: out of memory");
    case "stack":
      return need(outcome === "threw" && first.error.name === "RangeError", "wanted: a RangeError");
    case "output-limit":
      return need(located(errors) && run.stdout.length < 4 << 20, "wanted: cut and reported");
    case "ok":
      return need(code === 0 || onlyNothing(report), "wanted: exit 0");
    case "throws":
      return need(["threw", "syntax-error"].includes(outcome) && code === 1, "wanted: an uncaught error, exit 1");
    case "denied":
      return need(!SECRETS.test(run.stdout), "something of the machine is in the report");
    case "harness-intact":
    case "doc":
    case "no-crash":
      if (entry.kind === "exercise" && name === "harness-intact") return need(code === 1, "wanted: a failed exercise");
      return need(!SECRETS.test(run.stdout), "something of the machine is in the report");
    case "render-escaped":
      return escaped(place);
    case "diagnostic":
      return need(located(report.diagnostics), "wanted: a finding");
    case "diagnostic-error":
    case "verify-fail":
      return need([1, 2].includes(code) && located(errors), "wanted: an error, exit 1");
    case "warn":
      return need(located(report.diagnostics.filter((found) => found.severity !== "note")), "wanted: a warning");
    case "deterministic": {
      const again = check(place, false);
      const bytes = (text) => text.replace(/"duration_ms": *\d+/g, "");
      return need(bytes(again.stdout) === bytes(run.stdout), "two runs differ");
    }
    case "exit":
      return need(report.examples.length === 2, "wanted: only the example ends");
    default:
      return `no such class: ${name}`;
  }
}

/** A text without an example is no verified text; that is its only finding. */
function onlyNothing(report) {
  return report.examples.length === 0 && report.diagnostics.every((found) => found.code === "G030");
}

function errorAtLastClaim(run, { lines }) {
  return run.report.diagnostics.some((found) => found.severity === "error" && found.line >= 4 && found.end_line <= lines);
}

/** The terminal gets no control characters, the page no element that the text did not write in markdown. */
function escaped({ cwd, path }) {
  const human = spawnSync(binary, ["check", path], { cwd, encoding: "utf8", timeout: 120_000 });
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(human.stdout)) return "control characters in the terminal";
  const book = `${cwd}-book`;
  mkdirSync(join(book, "src"), { recursive: true });
  let inside = "one.md";
  if (path === ".") {
    cpSync(cwd, book, { recursive: true });
  } else {
    writeFileSync(join(book, "book.toml"), '[book]\ntitle = "x"\n\n[build]\nbuild-dir = "site"\n');
    writeFileSync(join(book, "src/SUMMARY.md"), "# Summary\n\n- [One](one.md)\n");
    if (lstatSync(join(cwd, path)).isDirectory()) {
      cpSync(join(cwd, path), join(book, "exercises", "case"), { recursive: true });
      writeFileSync(join(book, "src/one.md"), "# One\n\n{{#exercise case}}\n");
    } else {
      cpSync(join(cwd, path), join(book, "src/one.md"));
    }
  }
  const built = spawnSync(binary, ["build", book], { encoding: "utf8", timeout: 120_000 });
  const pages = [join(book, "site"), join(book, "book")].filter(existsSync).flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(".html")).map((name) => join(folder, name)));
  if (!pages.length) return built.status === 0 ? "no page was built" : undefined;
  for (const page of pages) {
    // Data in a script element is no element, as far as the element goes.
    const html = readFileSync(page, "utf8").replaceAll(/<script type="application\/json"[^>]*>.*?<\/script/gs, "<script");
    if (/<img src=x|<script>alert|onload="alert|<\/script><script>alert/.test(html)) return `${inside} runs foreign script: ${page}`;
  }
  return undefined;
}
