// The arguments of `test` and its like: a name, options and a body, each of which may be left out.

/** @import { Body, Settings } from "./item.js" */

import { isObject } from "../values.js";

const { ownKeys, getOwnPropertyDescriptor } = Reflect;
const KNOWN = ["skip", "todo", "only", "fails", "timeout", "plan"];

/** @param {ArrayLike<unknown>} args @returns {{ name: string, settings: Settings, body: Body | null }} */
export function readArguments(args) {
  /** @type {Body | null} */
  let body = null;
  let settings = noSettings();
  for (let at = args.length - 1; at >= 0; at--) {
    const one = args[at];
    if (at === 0 && typeof one === "string") continue;
    if (typeof one === "function" && (at > 0 || body === null)) body ??= /** @type {Body} */ (one);
    else if (typeof one === "number" && at > 0) settings.timeout = one;
    else if (isObject(one)) settings = settingsOf(one, settings.timeout);
  }
  const first = args[0];
  const given = typeof first === "string" || typeof first === "number" ? `${first}` : typeof first === "function" ? first.name : body?.name;
  return { name: given || "<anonymous>", settings, body };
}

/** What is not there is not inherited either, from what a program has put on Object.prototype. @returns {Settings} */
export const noSettings = () => /** @type {any} */ ({ __proto__: null, skip: undefined, todo: undefined, only: undefined, fails: undefined, timeout: undefined, plan: undefined });

/** @param {object} given @param {unknown} timeout */
function settingsOf(given, timeout) {
  const settings = noSettings();
  settings.timeout = timeout;
  const keys = ownKeys(given);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at];
    if (typeof key !== "string" || !KNOWN.includes(key)) continue;
    /** @type {any} */ (settings)[key] = getOwnPropertyDescriptor(given, key)?.value;
  }
  return settings;
}
