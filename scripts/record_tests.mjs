// Records what Node 24 prints for the test files in web/test/testing/node, and which tests it reports with which status.
//
//   node scripts/record_tests.mjs --node PATH

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({ options: { node: { type: "string" } } });
const node = resolve(options.node ?? process.execPath);
const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
if (!version.startsWith("v24.")) {
  console.error(`${version} is not Node 24: give its path with --node`);
  process.exit(2);
}
const folder = fileURLToPath(new URL("../web/test/testing/node/", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "galley-tests-"));
try {
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".cjs"))) {
    const report = join(scratch, "report");
    const reporter = ["--test-reporter", join(folder, "reporter.mjs"), "--test-reporter-destination", report];
    const { stdout } = spawnSync(node, [...reporter, join(folder, name)], { encoding: "utf8", timeout: 20_000, env: { ...process.env, TZ: "UTC" } });
    writeFileSync(join(folder, name.replace(".cjs", ".txt")), `${stdout}--\n${readFileSync(report, "utf8")}`);
  }
} finally {
  rmSync(scratch, { recursive: true });
}
