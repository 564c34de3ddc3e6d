// What readers wait for. The bytes by file are printed by `npm run build`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { pageScripts } from "../build.mjs";

test("a page's script is light, with the editor too", async () => {
  const { galley, editor } = await pageScripts();
  const weight = (/** @type {string} */ text) => gzipSync(text, { level: 9 }).length;
  assert.ok(weight(galley) <= 25_000, `on each page, before a reader acts: ${weight(galley)} bytes`);
  assert.ok(weight(galley) + weight(editor) <= 60_000, `with the editor: ${weight(galley) + weight(editor)} bytes`);
});
