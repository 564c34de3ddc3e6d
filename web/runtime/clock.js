// What would differ from run to run: the date, elapsed time, random numbers. They come from the program's options
// and the virtual clock instead.

/** @import localTime from "./zone.js" */

import { hide } from "./values.js";

const { construct } = Reflect;
const { defineProperty } = Object;

/**
 * Gives what installs them in a realm: all realms of a program have one clock and one row of random numbers.
 * @param {{ seed: number, now: number }} options
 * @param {() => number} elapsed virtual milliseconds since the program began
 */
export function createClock(options, elapsed) {
  const now = () => options.now + elapsed();
  const random = randomNumbers(options.seed);
  /** @param {any} realm its global object @param {ReturnType<typeof localTime> | null} zone */
  return (realm, zone) => {
    replaceDate(realm, now, zone);
    hide(realm.Math, "random", random);
  };
}

/** @param {any} realm @param {() => number} now @param {ReturnType<typeof localTime> | null} zone */
function replaceDate(realm, now, zone) {
  const NativeDate = realm.Date;
  /** @this {unknown} @param {unknown[]} args */
  function GalleyDate(...args) {
    if (!new.target) return `${new NativeDate(now())}`;
    return construct(NativeDate, args.length === 0 ? [now()] : zone ? zone.inUtc(args) : args, new.target);
  }
  const { prototype } = NativeDate;
  defineProperty(GalleyDate, "length", { value: 7, configurable: true });
  defineProperty(GalleyDate, "prototype", { value: prototype, writable: false });
  hide(GalleyDate, "parse", zone ? zone.parse : NativeDate.parse);
  hide(GalleyDate, "UTC", NativeDate.UTC);
  hide(GalleyDate, "now", () => now());
  hide(prototype, "constructor", GalleyDate);
  hide(realm, "Date", GalleyDate);
}

/** Numbers from 0 to 1 with 53 random bits (two steps of mulberry32). @param {number} seed */
function randomNumbers(seed) {
  let state = seed >>> 0;
  const next32 = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return () => ((next32() >>> 5) * 2 ** 26 + (next32() >>> 6)) / 2 ** 53;
}
