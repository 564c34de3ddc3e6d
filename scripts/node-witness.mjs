// What a real Node says of a block of tutorial code and of one statement in it: a second opinion where the recorded one is
// of an older Node, or stops at the first error.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The built-in modules as globals, as a prompt has them. */
const PROMPT = "for (const name of require('node:module').builtinModules) if (!/[/_]/.test(name) && !(name in globalThis)) Object.defineProperty(globalThis, name, { configurable: true, get: () => require(name), set(value) { Object.defineProperty(globalThis, name, { value, writable: true }); } });";

export class Witness {
  /** @param {string} node a binary of the reference version */
  constructor(node) {
    this.node = node;
    this.folder = mkdtempSync(join(tmpdir(), "galley-witness-"));
    /** @type {Map<string, string>} */
    this.known = new Map();
  }

  close() {
    rmSync(this.folder, { recursive: true });
  }

  /** The block ends with an error that it does not end with in the Node of this process. @param {Block} block */
  nowFails(block) {
    const now = failure(this.run(this.node, block));
    return now !== "" && now !== failure(this.run(process.execPath, block));
  }

  /**
   * What the report says that was seen is what Node gives too: among what the whole block prints, or, when the block
   * ends before, as the value or the error of that very statement.
   * @param {Block} block @param {number} line of the claim, from 1 @param {string} actual @param {number[]} throwing lines that are said to throw
   */
  confirms(block, line, actual, throwing) {
    if (includes(this.run(this.node, block), actual)) return true;
    const lines = block.code.split("\n");
    const target = statementLine(lines, line - 1);
    if (target < 0) return false;
    const code = lines.map((text, index) => {
      if (index === target) return watched(text);
      return throwing.some((line) => statementLine(lines, line - 1) === index) ? guarded(text) : text;
    });
    return includes(this.run(this.node, { ...block, code: code.join("\n") }), actual);
  }

  /** What is printed on both streams. @param {string} node @param {Block} block */
  run(node, { code, parse }) {
    const key = `${node}\n${parse}\n${code}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const isModule = parse === "module" || parse === "script-await";
    const file = join(this.folder, isModule ? "block.mjs" : "block.cjs");
    const own = parse === "script-return" ? `(() => {${code}\n})()` : code;
    writeFileSync(file, isModule ? own : `${PROMPT}${own}`);
    const ran = spawnSync(node, [file], { encoding: "utf8", timeout: 10_000, cwd: this.folder, env: { TZ: "UTC", PATH: process.env.PATH } });
    const text = `${ran.stdout}\n${ran.stderr}`;
    this.known.set(key, text);
    return text;
  }
}

/** @typedef {{ code: string, parse: string }} Block */

/** The headline of the error that ended a run. @param {string} output */
function failure(output) {
  return /^(?:\w+Error)(?: \[\w+\])?: .*$/m.exec(output)?.[0] ?? "";
}

/** Blanks, quotes and the codes of errors aside. @param {string} output @param {string} actual */
function includes(output, actual) {
  const plain = (/** @type {string} */ text) => text.replace(/ \[ERR_\w+\]/g, "").replace(/[\s'"`]+/g, "");
  return plain(output).includes(plain(actual));
}

/** The line of the statement that a comment on `at` speaks of: its own, or the nearest above. @param {string[]} lines @param {number} at */
function statementLine(lines, at) {
  for (let line = at; line >= 0; line--) if (codeOf(lines[line]) !== "") return line;
  return -1;
}

/** @param {string} line */
function codeOf(line) {
  return line.replace(/\/\/.*$/, "").trim().replace(/;$/, "");
}

/** The statement on a line, printed with its value or its error. @param {string} line */
function watched(line) {
  const code = codeOf(line);
  const declared = /^(?:const|let|var) (\w+) = /.exec(code)?.[1];
  if (declared !== undefined) return `${code}; console.log(${declared});`;
  return `try { console.log(${code}); } catch (error) { console.log(String(error)); }`;
}

/** @param {string} line */
function guarded(line) {
  const code = codeOf(line);
  return /^(const|let|var|function|class|import|export)\b/.test(code) ? line : `try { ${code}; } catch {}`;
}

