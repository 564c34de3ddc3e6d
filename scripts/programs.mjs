// The conformance programs as data: reads and writes tests/conformance/*.md, and runs a program in a Node binary.
//
// A file is an area, a heading of level 2 a program: its files (```js file=…), the one that starts (```js or ```mjs), and
// an output fence with what Node 24 prints (`exit=1` behind the word: its exit code, when it is not 0).

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

export const folder = join(import.meta.dirname, "../tests/conformance");

/**
 * @typedef {{ name: string, files: Record<string, string>, entry: string, output: string | null, exit: number }} Listed
 * @typedef {{ area: string, path: string, programs: Listed[] }} Area
 */

/** @returns {Area[]} */
export function readAreas() {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return { area: basename(name, ".md"), path, programs: parse(readFileSync(path, "utf8")) };
    });
}

/** @param {string} text */
export function parse(text) {
  /** @type {Listed[]} */
  const programs = [];
  for (const { heading, info, body } of fences(text)) {
    let program = programs.at(-1);
    if (program?.name !== heading) programs.push((program = { name: heading, files: {}, entry: "", output: null, exit: 0 }));
    const [language, ...words] = info.split(" ");
    const word = (/** @type {string} */ key) => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
    if (language === "output") {
      program.output = body;
      program.exit = Number(word("exit") ?? 0);
      continue;
    }
    const file = word("file") ?? `main.${language}`;
    program.files[file] = body;
    if (!word("file")) program.entry = file;
  }
  return programs;
}

/** @param {string} text */
function* fences(text) {
  let heading = "";
  let mark = "";
  let info = "";
  /** @type {string[]} */
  let body = [];
  for (const line of text.split("\n")) {
    if (mark) {
      if (line === mark) {
        yield { heading, info, body: body.map((line) => `${line}\n`).join("") };
        mark = "";
      } else body.push(line);
      continue;
    }
    if (line.startsWith("## ")) heading = line.slice(3);
    const opening = /^(`{3,})(.*)$/.exec(line);
    if (opening) [mark, info, body] = [opening[1], opening[2], []];
  }
}

/** The file with the outputs that the programs now have. @param {string} text @param {Listed[]} programs */
export function rewrite(text, programs) {
  const title = /^# .*\n/.exec(text)?.[0] ?? "";
  const sections = programs.map(({ name, files, entry, output, exit }) => {
    const sources = Object.entries(files).map(([file, body]) => {
      const language = file.slice(file.lastIndexOf(".") + 1);
      return fenced(file === entry ? language : `${language} file=${file}`, body);
    });
    return [`## ${name}\n`, ...sources, fenced(exit ? `output exit=${exit}` : "output", output ?? "")].join("\n");
  });
  return [title, ...sections].join("\n");
}

/** @param {string} info @param {string} body */
function fenced(info, body) {
  const longest = Math.max(2, ...(body.match(/^`+/gm) ?? []).map((run) => run.length));
  const mark = "`".repeat(longest + 1);
  return `${mark}${info}\n${body}${mark}\n`;
}

/**
 * What a Node binary prints, with the folder that it runs in taken out of every path.
 * @param {string} node @param {Listed} program
 * @returns {Promise<{ stdout: string, stderr: string, exit: number }>}
 */
export async function runInNode(node, program) {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "galley-conformance-")));
  try {
    for (const [file, body] of Object.entries(program.files)) {
      mkdirSync(dirname(join(place, file)), { recursive: true });
      writeFileSync(join(place, file), body);
    }
    const options = { cwd: place, env: { TZ: "UTC" }, encoding: /** @type {const} */ ("utf8"), timeout: 30_000 };
    return await new Promise((resolve) => {
      execFile(node, [program.entry], options, (error, stdout, stderr) => {
        const exit = error ? Number(error.code) : 0;
        resolve({ stdout: stdout.replaceAll(place, ""), stderr, exit });
      });
    });
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** Runs `work` on every item, a few at a time. @template T @param {T[]} items @param {(item: T) => Promise<void>} work */
export async function each(items, work, lanes = 4) {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
