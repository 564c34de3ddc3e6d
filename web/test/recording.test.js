// What instrumented programs record, and that they otherwise do what the author's do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run, tools, watchAll } from "./host.js";

/** @import { Event } from "../protocol.d.ts" */

/** @param {Event} event */
function short(event) {
  switch (event.type) {
    case "print":
      return `print ${event.text.trimEnd()} [${event.statements}]`;
    case "value":
      return `value ${event.statement} ${event.snapshot.text}`;
    case "threw":
      return `threw ${event.statement} ${event.error.name}${event.resumed ? ", resumed" : ""}`;
    default:
      return null;
  }
}

/** @param {string} source @param {(string | null)[]} expected @param {Partial<import("../protocol.d.ts").Program>} [options] @returns {Promise<any>} */
async function records(source, expected, options = {}) {
  const trace = await run(source, options);
  assert.deepEqual(trace.events.map(short).filter((text) => text !== null), expected);
  return trace;
}

test("expressions, declarations and returns give their values", async () => {
  await records("1 + 1 // 2", ["value 0 2"]);
  await records("(1, 2) /* in */ ; // 2", ["value 0 2"]);
  await records("const x = { a: 1 }; // { a: 1 }\nlet y = 1, z = x.a // 1", ["value 0 { a: 1 }", "value 1 1"]);
  await records("const { a, b } = { a: 1, b: 2 } // both", ["value 0 { a: 1, b: 2 }"]);
  await records("function f(n) { return n * 2 // twice\n}\nf(2); f(3)", ["value 1 4", "value 1 6"]);
  await records("if (true) var v = 3; // 3", ["value 0 3"]);
});

test("an anonymous function keeps the name that its declaration gives it", () =>
  records("const f = () => {}; // f\nconst C = class {} // C", ["value 0 [Function: f]", "value 1 [class C]"]));

test("prints belong to the statement, but those of its arguments do not", () =>
  records("function f() { console.log('inner'); return 1 }\nconsole.log(f()) // 1\nf(); // inner", ["print inner []", "print 1 [0]", "print inner [1]", "value 1 1"]));

test("prints that come later belong to the statement that made them", async () => {
  const { events } = await run(
    [
      "setTimeout(() => console.log('t'), 9); // t",
      "Promise.resolve().then(() => console.log('p')); // p",
      "(async () => { await null; console.log('a') })(); // a",
      "console.log('free');",
    ].join("\n"),
  );
  assert.deepEqual(events.filter(({ type }) => type === "print").map(short), ["print free [3]", "print p [1]", "print a [2]", "print t [0]"]);
});

test("a top-level statement that is said to throw lets the run go on", async () => {
  await records("null.x // TypeError\nconst y = f() // ReferenceError\nconsole.log('on', y) // on", [
    "threw 0 TypeError, resumed",
    "threw 1 ReferenceError, resumed",
    "value 1 undefined",
    "print on undefined [2]",
  ]);
  const { outcome } = await records("f() // is not said to throw", [], {});
  assert.equal(outcome.type, "threw");
});

test("a nested one records and throws on", () =>
  records("try {\n  const x = f(); // ReferenceError\n} catch (e) { console.log('caught') }", ["threw 1 ReferenceError", "print caught []"]));

test("after a caught error no statement stays open", () =>
  records("function f() { throw 1 }\ntry {\n  f(); // gone\n} catch {}\nconsole.log('free');\n", ["print free []"]));

test("directives stay first, and the scope can be asked at the end", async () => {
  const { probes } = await run('"use strict"; // strict\nlet a = 1; const o = { a };\nfunction f() { return this }\n', { probes: ["a + 1", "f()", "zz", "{ a }", "o"] });
  assert.deepEqual(probes.map((probe) => (probe.type === "value" ? probe.snapshot.text : probe.error.name)), ["2", "undefined", "ReferenceError", "{ a: 1 }", "{ a: 1 }"]);
});

test("no line moves and no token is lost", () => {
  const source = "#!/usr/bin/env node\n'use strict' // s\nconst a = 1 // 1\nfoo(a) // TypeError\nexport_(a)\n// b\nif (a) b(); else c() // d\n";
  const parsed = tools.parse(source, null);
  const { source: made } = tools.instrument({ path: "/main.js", source }, parsed, { watch: watchAll(parsed), probes: true });
  const lines = made.split("\n");
  assert.equal(lines.length, source.split("\n").length);
  assert.match(lines[1], /^'use strict';__galley/);
  assert.match(lines[3], /foo\(a\)/);
});

test("awkward syntax still runs", async () => {
  const sources = [
    "a: for (const i of [1, 2]) { continue a; } // loop",
    "label: { break label } // block",
    "do console.log(1) /* 1 */; while (false) // 1",
    "if (1) console.log(1) // 1\nelse console.log(2) // 2",
    "switch (1) { case 1: let x = 2; // 2\n break // b\n}",
    "for (var i = 0; i < 2; i++) i // i",
    "function* g() { const a = yield 1 // TypeError\n return a // a\n} [...g()] // [1]",
    "class A { static { this.x = 1 // 1\n } #p = 2; m() { return this.#p // 2\n } } new A().m() // 2",
    "var f = function () { return arguments.length // n\n}; f(1, 2) // 2",
    "console\n.log /* ( */ (\n 1,\n 2, // two\n) // 1 2",
    "console.log() // nothing",
    "const t = `a${1 // one\n}` // a1",
    "(async () => { for await (const x of [1]) { await x // x\n } })() // promise",
    "throw_: try { null.x // TypeError\n } catch { /* in */ } finally { /* fin */ }",
    "async function f() { const r = await Promise.reject(new TypeError('t')) // TypeError\n}\nf().catch(() => {}) // c",
    "var a = 1\n;[a].map(x => x) // [1]",
    "delete {}.a // true",
    "(function () { 'use strict' // d\n return this })() // undefined",
  ];
  for (const source of sources) assert.deepEqual((await run(source)).outcome, { type: "completed" }, source);
});

test("exported declarations and top-level await are recorded in modules", () =>
  records("export const x = await 5 // 5\nconst y = await Promise.reject(new TypeError()) // TypeError\nconsole.log(x, y) // 5", [
    "value 0 5",
    "threw 1 TypeError, resumed",
    "print 5 undefined [2]",
  ]));

test("a long loop is recorded a thousand times", async () => {
  const { events } = await run("for (let i = 0; i < 5000; i++)\n  i * 2; // twice");
  assert.equal(events.filter(({ type }) => type === "value").length, 1000);
});
