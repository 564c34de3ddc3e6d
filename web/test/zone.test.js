// Local time as a page has it: the engine has a zone of its own and Intl, and neither matters.

import assert from "node:assert/strict";
import { test } from "node:test";

process.env.TZ = "Asia/Tokyo";
assert.equal(new Date(0).getHours(), 9);
const { default: localTime } = await import("../runtime/zone.js");

test("dates keep to the program's zone", () => {
  const berlin = localTime({
    name: "Europe/Berlin",
    words: ["Central European Standard Time", "Central European Summer Time"],
    changes: [
      [null, 3600, 0],
      [1711846800, 7200, 1],
      [1729990800, 3600, 0],
    ],
  }, Date);
  const date = (/** @type {unknown[]} */ ...args) => new Date(.../** @type {[number]} */ (berlin.inUtc(args)));
  assert.equal(date(2024, 0, 1).toISOString(), "2023-12-31T23:00:00.000Z");
  assert.equal(date("2024-07-01T12:00").toISOString(), "2024-07-01T10:00:00.000Z");
  assert.equal(date("Jul 1, 2024 12:00").toISOString(), "2024-07-01T10:00:00.000Z");
  assert.equal(date("2024-07-01").toISOString(), "2024-07-01T00:00:00.000Z");
  // In the gap, and in the hour that comes twice.
  assert.equal(date(2024, 2, 31, 2, 30).toISOString(), "2024-03-31T01:30:00.000Z");
  assert.equal(date(2024, 9, 27, 2, 30).toISOString(), "2024-10-27T00:30:00.000Z");
  const summer = date(2024, 6, 1, 12);
  assert.equal(String(summer), "Mon Jul 01 2024 12:00:00 GMT+0200 (Central European Summer Time)");
  assert.equal(summer.toLocaleTimeString("en-GB"), "12:00:00");
  assert.equal(summer.getTimezoneOffset(), -120);
  summer.setMonth(0);
  assert.equal(summer.toISOString(), "2024-01-01T11:00:00.000Z");
});
