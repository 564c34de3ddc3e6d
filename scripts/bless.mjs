// Proves `check --bless` on real tutorial code: falsifies claims that hold in the sets of ../shared/corpora (see its
// README), as an author's slip would, blesses the files, and compares.
//
//   node scripts/bless.mjs [--count N] [--seed N] [--list WHAT] [--set NAME] [--corpora DIR] [--binary PATH]
//
// For each set it prints how many of the N falsified claims hold again, how many of them byte for byte as they stood, how
// many bytes outside of the stated values changed (none may), and what a second run changes (nothing may).
// WHAT lists claims: failed (not restored), changed (true again, in other words than before), or outside (what else
// changed).

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fence, readBlocks } from "./blocks.mjs";

const root = join(import.meta.dirname, "..");
const { values: options } = parseArgs({
  options: {
    count: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    list: { type: "string" },
    set: { type: "string" },
    corpora: { type: "string", default: join(root, "../shared/corpora") },
    binary: { type: "string", default: join(root, "target/release/mdbook-galley") },
  },
});

const SETS = ["mdn-live", "30-seconds", "33-concepts", "node-api"];
const BLOCKS_A_FILE = 100;
const ROUNDS = 6;

if (!existsSync(options.corpora)) {
  console.log(`no corpora at ${options.corpora}: nothing was measured`);
  process.exit(0);
}

const ERRORS = ["TypeError", "RangeError", "ReferenceError", "SyntaxError"];
/** @type {Record<string, (line: string, random: () => number) => string | undefined>} */
const SLIPS = {
  digit: (line, random) => replaced(line, /\d/g, random, (digit) => String((Number(digit) + 1 + Math.floor(random() * 9)) % 10)),
  word: (line, random) => replaced(line, /(?<=[A-Za-z])[a-z](?=[a-z])/g, random, (letter) => (letter === "z" ? "a" : String.fromCharCode(letter.charCodeAt(0) + 1))),
  key: (line, random) => replaced(line, /\b[A-Za-z_]{2,}(?=['"]?: ?[^/])/g, random, (key) => key.slice(0, -1)),
  "dropped item": (line, random) => replaced(line, /, ?(?:'[^']*'|"[^"]*"|-?[\w.]+)(?=[,\]} ])/g, random, () => ""),
  "error name": (line, random) => replaced(line, /\b[A-Z]\w*Error\b/g, random, (name) => ERRORS.filter((other) => other !== name)[Math.floor(random() * 3)]),
  constant: (line, random) => replaced(line, /\b(?:true|false|null|undefined)\b/g, random, (word) => /** @type {any} */ ({ true: "false", false: "true", null: "undefined", undefined: "null" })[word]),
};

let failed = false;
for (const set of SETS) {
  if (options.set && options.set !== set) continue;
  const folder = mkdtempSync(join(tmpdir(), "galley-bless-"));
  try {
    measure(set, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
process.exit(failed ? 1 : 0);

/** @param {string} set @param {string} folder */
function measure(set, folder) {
  const random = generator(Number(options.seed));
  const count = Number(options.count);
  const blocks = readBlocks(options.corpora, set);
  /** @type {Map<string, string>} */
  const originals = new Map();
  for (let first = 0; first < blocks.length; first += BLOCKS_A_FILE) {
    const text = blocks.slice(first, first + BLOCKS_A_FILE).map(fence).join("\n");
    originals.set(join(folder, `${set}-${String(first).padStart(5, "0")}.md`), text);
  }
  write(originals);
  const held = check(folder).claims.filter((claim) => claim.verdict === "held" && claim.example !== null);
  const waiting = shuffled(held.map((claim) => ({ claim, lines: places(originals.get(claim.file) ?? "", claim) })), random);

  // A slip that nobody notices (the claim holds all the same, or reads like a remark now) is no slip to mend.
  let slips = [];
  for (let round = 0; round < ROUNDS && slips.length < count && waiting.length > 0; round++) {
    for (const candidate of waiting.splice(0, count - slips.length)) {
      const slip = candidate.lines.length > 0 ? falsified(candidate, random) : undefined;
      if (slip) slips.push(slip);
    }
    write(applied(originals, slips));
    const broken = new Set(check(folder).claims.filter(({ verdict }) => verdict === "broken").map(({ file, line }) => `${file}:${line}`));
    slips = slips.filter(({ claim }) => broken.has(`${claim.file}:${claim.line}`));
  }
  const wrong = applied(originals, slips);
  write(wrong);
  const before = check(folder);
  const first = run(["check", folder, "--bless"]);
  const blessed = read(originals);
  const after = check(folder);
  run(["check", folder, "--bless"]);
  const again = read(originals);

  const states = new Map(after.claims.map((claim) => [`${claim.example}:${ordinal(after, claim)}`, claim]));
  let restored = 0;
  let same = 0;
  for (const slip of slips) {
    const told = before.claims.find(({ file, line, column }) => file === slip.claim.file && line === slip.claim.line && column === slip.claim.column);
    const now = told && states.get(`${told.example}:${ordinal(before, told)}`);
    // Lines that tell of several statements are not told by one statement's output.
    const holds = now?.verdict === "held" && (now.actual === told.actual || now.stated === slip.claim.stated);
    if (holds) restored += 1;
    const asBefore = holds && now.stated === slip.claim.stated;
    if (asBefore) same += 1;
    if (holds ? options.list === "changed" && !asBefore : options.list === "failed") {
      console.log(`    ${slip.kind}: ${JSON.stringify(slip.claim.stated)}, falsified ${JSON.stringify(told?.stated)}, now ${JSON.stringify(now?.stated)} (${now?.verdict}; the run gives ${JSON.stringify(told?.actual)})`);
      if (!holds) console.log(`      ${first.stdout.split("\n").find((line) => line.includes(`.md:${now?.line}: `) && line.includes(slip.claim.file)) ?? ""}`);
    }
  }
  const outside = [...originals.keys()].map((path) => difference(path, rest(wrong.get(path) ?? "", before, path), rest(blessed.get(path) ?? "", after, path)));
  const moved = [...blessed].filter(([path, text]) => again.get(path) !== text).length;
  const bytes = outside.reduce((one, other) => one + other, 0);
  console.log(`${set}: ${slips.length} claims falsified (${tally(slips)}): ${restored} hold again (${((100 * restored) / slips.length).toFixed(1)} %), ${same} of them in the words from before`);
  console.log(`  bytes changed outside of the stated values: ${bytes}; files that a second run changes: ${moved}`);
  failed ||= restored < 0.99 * slips.length || bytes > 0 || moved > 0;
}

/** @param {{ kind: string }[]} slips */
function tally(slips) {
  const counts = new Map();
  for (const { kind } of slips) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${count} ${kind}`).join(", ");
}

/** @param {string[]} args */
function run(args) {
  return spawnSync(options.binary, args, { encoding: "utf8", maxBuffer: 1 << 28 });
}

/** @param {string} folder */
function check(folder) {
  const ran = run(["check", folder, "--format", "json"]);
  if (!ran.stdout) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout);
}

/** Which of its example's claims a claim is. @param {any} report @param {any} claim */
function ordinal(report, claim) {
  return report.claims.filter((/** @type {any} */ { example }) => example === claim.example).indexOf(claim);
}

/** @param {Map<string, string>} files */
function write(files) {
  for (const [path, text] of files) writeFileSync(path, text);
}

/** @param {Map<string, string>} files */
function read(files) {
  return new Map([...files.keys()].map((path) => [path, readFileSync(path, "utf8")]));
}

/**
 * Where each stated line stands: offsets in the file.
 * @param {string} text @param {any} claim
 * @returns {{ start: number, text: string }[]}
 */
function places(text, claim) {
  const starts = lineStarts(text);
  const from = offset(text, starts, claim.line, claim.column);
  const to = offset(text, starts, claim.end_line, claim.end_column);
  const found = [];
  let end = to;
  for (const line of claim.stated.split("\n").reverse()) {
    const at = text.slice(0, end).lastIndexOf(line);
    if (at < from) return [];
    found.unshift({ start: at, text: line });
    end = at;
  }
  return found;
}

/** @param {string} text */
function lineStarts(text) {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

/** Columns count characters. @param {string} text @param {number[]} starts @param {number} line @param {number} column */
function offset(text, starts, line, column) {
  const start = starts[line - 1];
  return start + [...text.slice(start, starts[line] ?? text.length)].slice(0, column - 1).join("").length;
}

/** @param {string} line @param {RegExp} pattern @param {() => number} random @param {(found: string) => string} change */
function replaced(line, pattern, random, change) {
  const found = [...line.matchAll(pattern)];
  if (found.length === 0) return undefined;
  const { 0: text, index } = found[Math.floor(random() * found.length)];
  return line.slice(0, index) + change(text) + line.slice(index + text.length);
}

/** @param {{ claim: any, lines: { start: number, text: string }[] }} candidate @param {() => number} random */
function falsified({ claim, lines }, random) {
  const kinds = shuffled(Object.keys(SLIPS), random);
  for (const line of shuffled(lines, random)) {
    for (const kind of kinds) {
      const text = SLIPS[kind](line.text, random);
      if (text !== undefined && text !== line.text) return { claim, kind, start: line.start, old: line.text, text };
    }
  }
  return undefined;
}

/** @param {Map<string, string>} originals @param {any[]} slips */
function applied(originals, slips) {
  const files = new Map(originals);
  for (const { claim, start, old, text } of [...slips].sort((a, b) => b.start - a.start)) {
    const file = files.get(claim.file) ?? "";
    files.set(claim.file, file.slice(0, start) + text + file.slice(start + old.length));
  }
  return files;
}

/** The file without its stated values. @param {string} text @param {any} report @param {string} path */
function rest(text, report, path) {
  const starts = lineStarts(text);
  let out = "";
  let at = 0;
  for (const claim of report.claims.filter((/** @type {any} */ { file }) => file === path)) {
    const [first] = places(text, claim);
    const end = offset(text, starts, claim.end_line, claim.end_column);
    if (!first || first.start < at) continue;
    out += text.slice(at, first.start);
    at = end;
  }
  return out + text.slice(at);
}

/** How many bytes differ. @param {string} path @param {string} one @param {string} other */
function difference(path, one, other) {
  if (one === other) return 0;
  let head = 0;
  while (one[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(one.length, other.length) - head && one.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  if (options.list === "outside") console.log(`    ${path}:\n${one.slice(head - 200, one.length - tail + 20)}\n    became\n${other.slice(head - 200, other.length - tail + 20)}`);
  return Math.max(one.length, other.length) - head - tail;
}

/** Numbers from 0 to 1 (mulberry32). @param {number} seed */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @template T @param {T[]} items @param {() => number} random */
function shuffled(items, random) {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}
