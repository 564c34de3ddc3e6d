// What readers wait for. The bytes by file are printed by `npm run build`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { pageScripts, sandboxScript } from "../build.mjs";

test("a page's script is light, with the editor and what runs a program too", async () => {
  const { galley, editor } = await pageScripts();
  const weight = (/** @type {string} */ text) => gzipSync(text, { level: 9 }).length;
  assert.ok(weight(galley) <= 25_000, `on each page, before a reader acts: ${weight(galley)} bytes`);
  const all = weight(galley) + weight(editor) + weight(await sandboxScript());
  assert.ok(all <= 60_000, `with editor and sandbox: ${all} bytes`);
});
