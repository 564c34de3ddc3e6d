// Records what Node 24 prints for the programs in tests/conformance, each twice to prove that nothing of chance is in it.
//
//   node scripts/record_conformance.mjs --node PATH [--area NAME] [--new]
//
// --new: only programs that have no output yet. Files are written whole or not at all.

import { execFileSync } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { each, readAreas, rewrite, runInNode } from "./programs.mjs";

const { values: options } = parseArgs({ options: { node: { type: "string" }, area: { type: "string" }, new: { type: "boolean" } } });
const node = resolve(options.node ?? process.execPath);
const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
if (!version.startsWith("v24.")) {
  console.error(`${version} is not Node 24: give its path with --node`);
  process.exit(2);
}

let problems = 0;
let recorded = 0;
for (const { area, path, programs } of readAreas()) {
  if (options.area && options.area !== area) continue;
  const before = problems;
  const names = programs.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) problem(area, twice, "two programs have this name");
  const wanted = programs.filter(({ output }) => !options.new || output === null);
  await each(wanted, async (program) => {
    const first = await runInNode(node, program);
    const second = await runInNode(node, program);
    recorded++;
    if (first.stdout !== second.stdout || first.exit !== second.exit) return problem(area, program.name, "two runs differ");
    if (!first.stdout) return problem(area, program.name, `prints nothing\n${first.stderr}`);
    if (!first.stdout.endsWith("\n") || first.stdout.includes("\r")) return problem(area, program.name, "its last line has no end, or it prints \\r");
    if (Number.isNaN(first.exit)) return problem(area, program.name, "did not end");
    if (first.exit) console.log(`${area}/${program.name} exits with ${first.exit}: ${/^\w*Error.*/m.exec(first.stderr)?.[0] ?? ""}`);
    program.output = first.stdout;
    program.exit = first.exit;
  });
  const text = readFileSync(path, "utf8");
  const updated = rewrite(text, programs);
  if (problems > before || updated === text) continue;
  writeFileSync(`${path}.new`, updated);
  renameSync(`${path}.new`, path);
}
console.log(`${recorded} programs ran in ${version}`);
process.exitCode = problems ? 1 : 0;

/** @param {string} area @param {string} name @param {string} what */
function problem(area, name, what) {
  problems++;
  console.error(`${area}/${name}: ${what}`);
}
