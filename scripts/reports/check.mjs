// Reads the reports of a green book, of one with all kinds of mistakes, of a shard and of merged shards with the readers
// that others wrote: SARIF against the format's own schema, JUnit XML by junit2json, TAP by tap-parser. What the reports
// should say is asserted by tests/testsuite/reports.rs; this asserts that others understand it.
//
//   npm ci --prefix scripts/reports && node scripts/reports/check.mjs [MDBOOK-GALLEY]

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { parse } from 'junit2json';
import { Parser } from 'tap-parser';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const built = ['release', 'debug'].map((profile) => join(project, 'target', profile, 'mdbook-galley'));
const galley = resolve(process.argv[2] ?? built.find(existsSync) ?? built[0]);
const require = createRequire(import.meta.url);
const ajv = new Ajv({ allErrors: true, schemaId: 'auto', unknownFormats: 'ignore', meta: false });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
const isSarif = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
const folder = mkdtempSync(join(tmpdir(), 'galley-reports-'));

/** @param {string[]} args */
function run(args) {
  const { status, error, stderr } = spawnSync(galley, args, { cwd: folder, encoding: 'utf8' });
  if (error) throw error;
  assert.ok(status !== null && status <= 2, `${args.join(' ')}: ${status}\n${stderr}`);
  return status;
}

const FORMATS = ['json', 'sarif', 'junit', 'tap'];

/**
 * Writes every format and reads them.
 * @param {string} name
 * @param {string[]} command
 */
async function check(name, command) {
  const status = run([...command, ...FORMATS.flatMap((format) => ['--format', `${format}=${name}.${format}`])]);
  const text = Object.fromEntries(FORMATS.map((format) => [format, readFileSync(join(folder, `${name}.${format}`), 'utf8')]));
  const report = JSON.parse(text.json);

  const log = JSON.parse(text.sarif);
  assert.ok(isSarif(log), `${name}: ${JSON.stringify(isSarif.errors, null, 2)}`);
  assert.equal(log.runs[0].results.length, report.diagnostics.length, name);
  if (log.runs[0].results.length > 0) {
    delete log.runs[0].results[0].message;
    assert.ok(!isSarif(log), 'the schema refuses a result without a message');
  }

  const junit = await parse(text.junit);
  assert.ok(junit && 'testsuite' in junit, name);
  const cases = (junit.testsuite ?? []).flatMap((suite) => suite.testcase ?? []);
  assert.equal(cases.length, junit.tests ?? 0, name);
  const bad = cases.filter((testcase) => testcase.failure || testcase.error);
  assert.equal(bad.length > 0, status !== 0, `${name}: JUnit`);
  assert.equal(bad.length, (junit.failures ?? 0) + (junit.errors ?? 0), name);

  const events = Parser.parse(text.tap);
  const points = events.filter(([event]) => event === 'assert').map(([, point]) => point);
  const strange = events.filter(([event]) => event === 'extra' || event === 'bailout');
  assert.deepEqual(strange, [], `${name}: no line is beside the protocol`);
  assert.equal(points.length, cases.length, name);
  const results = events.find(([event]) => event === 'complete')?.[1];
  assert.equal(results.ok, status === 0, `${name}: TAP`);
  assert.equal(results.fail, bad.length, name);
  assert.deepEqual(results.failures.filter((failure) => failure.tapError), [], name);
  points.forEach((point, at) => {
    const { name: testcase, failure, error, skipped } = cases[at];
    assert.ok(point.name.replaceAll(/\s+/g, ' ').endsWith(`: ${testcase}`), `${point.name} is ${testcase}`);
    assert.equal(Boolean(point.skip), Boolean(skipped), point.name);
    assert.equal(point.todo, false, point.name);
    if (failure || error) assert.equal(typeof point.diag?.message, 'string', point.name);
  });
  console.log(`${name}: ${report.diagnostics.length} findings, ${cases.length} cases, ${bad.length} of them bad`);
}

/** A book with mistakes, whose texts have what each format writes its own things with. */
function broken() {
  const files = {
    'book.toml': '[book]\ntitle = "T"\nsrc = "src"\n\n[preprocessor.galley]\nbad = 1\n',
    'src/SUMMARY.md': '# Summary\n\n- [One](one.md)\n- [Two](a%20ü.md)\n- [Gone](gone.md)\n',
    'src/one.md': `# T

{{#exercise sum}}

\`\`\`js
const sum = 1 + 1; // => 3 # TODO # SKIP
'a\\\\b # c' // => 'a\\\\b # d'
\`\`\`

\`\`\`js
throw new Error('\\u001b[31m ]]> \\u0000 \\ud800 # 100% --- {0} [x](1) ,:')
\`\`\`

\`\`\`js timeout=100
while (true) {}
\`\`\`

\`\`\`js
let let = 3;
\`\`\`

\`\`\`js ignore
1 // => 1
\`\`\`

\`\`\`js
console.log('one\\n---\\n...\\nok 1\\n<a>&amp;') // => one
\`\`\`
`,
    'src/a ü.md': "# Ü\n\n```js\nlet é = '😀'; é // => 'x'\nconsole.log('order of things') // order of thing\n```\n",
    'exercises/sum/exercise.md': '# Sum\n\nAdd.\n',
    'exercises/sum/starter.js': 'exports.sum = () => {}\n',
    'exercises/sum/solution.js': 'exports.sum = (a, b) => a - b\n',
    'exercises/sum/wrong/zero.js': 'exports.sum = () => 0\n',
    'exercises/sum/test.js':
      "const test = require('node:test');\nconst assert = require('node:assert');\n" +
      "const { sum } = require('./answer.js');\ntest('adds \\\\ # TODO two', () => assert.equal(sum(1, 2), 3));\n" +
      "test.skip('later', () => {});\n",
  };
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, 'docs', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

try {
  for (const part of ['book.toml', 'book', 'exercises']) cpSync(join(project, part), join(folder, 'own', part), { recursive: true });
  await check('green', ['check', 'own']);
  broken();
  await check('broken', ['check', 'docs']);
  await check('shard-1', ['check', 'docs', '--shard', '1/2']);
  await check('shard-2', ['check', 'docs', '--shard', '2/2']);
  await check('merged', ['report', 'merge', 'shard-1.json', 'shard-2.json']);
  // What one run says, its shards say together.
  for (const format of ['junit', 'tap']) {
    const names = (name) => readFileSync(join(folder, `${name}.${format}`), 'utf8').match(/^(?:not )?ok .*|testcase name=.*/gm);
    assert.deepEqual(names('merged'), names('broken'), format);
  }
} finally {
  rmSync(folder, { recursive: true });
}
