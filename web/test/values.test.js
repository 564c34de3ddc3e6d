// Values as data: bounded, without running getters.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./host.js";

/** @param {string} expression */
async function valueOf(expression) {
  const { events } = await run(`(${expression}) // value`);
  const event = events.find((event) => event.type === "value");
  assert.ok(event?.type === "value");
  return event.snapshot.value;
}

test("primitives", async () => {
  assert.deepEqual(await valueOf("[-0, NaN, 1n, 'a\\ud800', undefined, null, true, Symbol('s')]"), {
    t: "array",
    class: "Array",
    items: [
      { t: "number", v: "-0" },
      { t: "number", v: "NaN" },
      { t: "bigint", v: "1" },
      { t: "string", v: "a\ufffd" },
      { t: "undefined" },
      { t: "null" },
      { t: "boolean", v: true },
      { t: "symbol", v: "s" },
    ],
  });
});

test("objects, holes, getters and cycles", async () => {
  assert.deepEqual(await valueOf("(() => { const o = { get g() { throw 1 }, [Symbol('k')]: [,1] }; o.o = o; return o })()"), {
    t: "object",
    class: "Object",
    entries: [
      ["g", { t: "getter" }],
      ["o", { t: "circular", v: 0 }],
      ["Symbol(k)", { t: "array", class: "Array", items: [{ t: "hole" }, { t: "number", v: "1" }] }],
    ],
  });
  assert.deepEqual(await valueOf("Object.create(null)"), { t: "object", class: null, entries: [] });
  assert.deepEqual(await valueOf("new (class P { x = 1 })"), { t: "object", class: "P", entries: [["x", { t: "number", v: "1" }]] });
});

test("the language's classes", async () => {
  const { items } = /** @type {{ items: unknown[] }} */ (
    await valueOf("[new Map([[1, 2]]), new Set([1]), new Date(5), new Date(NaN), /a/g, new TypeError('m'), function f() {}, class C {}, new Uint8Array(1), new WeakMap(), Object(1)]")
  );
  assert.deepEqual(items, [
    { t: "map", entries: [[{ t: "number", v: "1" }, { t: "number", v: "2" }]] },
    { t: "set", items: [{ t: "number", v: "1" }] },
    { t: "date", v: 5 },
    { t: "date", v: null },
    { t: "regexp", v: "/a/g" },
    { t: "error", name: "TypeError", message: "m" },
    { t: "function", name: "f", class: false },
    { t: "function", name: "C", class: true },
    { t: "array", class: "Uint8Array", items: [{ t: "number", v: "0" }] },
    { t: "other", text: "WeakMap { <items unknown> }" },
    { t: "other", text: "[Number: 1]" },
  ]);
});

test("bounds", async () => {
  const long = /** @type {any} */ (await valueOf("Array(300).fill(0)"));
  assert.deepEqual([long.items.length, long.items.at(-1)], [201, { t: "cut" }]);
  const deep = JSON.stringify(await valueOf("[[[[[[[[[[[[1]]]]]]]]]]]]"));
  assert.match(deep, /"t":"cut"/);
  assert.equal(/** @type {any} */ (await valueOf("'x'.repeat(20000)")).v.length, 10_000);
});
