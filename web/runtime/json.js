// JSON.parse and JSON.stringify fail in V8's words. The words tell of the argument, which no stack knows, so both are
// wrapped; in an engine that is V8 nothing is done.

/** @import { Host } from "../protocol.d.ts" */

import { rewordThrown } from "./errors.js";
import { dataProperty, hide } from "./values.js";

const { apply } = Reflect;
const { parse: nativeParse, stringify: nativeStringify } = JSON;

/** @typedef {{ problemOf: (text: string) => string | null, circleOf: (value: unknown) => string | null }} JsonWords */

/** @param {Host} host */
export function installJson(host) {
  if (isV8()) return;
  /** @type {JsonWords | undefined} */
  let loaded;
  const words = () => (loaded ??= /** @type {(host: Host) => JsonWords} */ (host.chunk("jsonWords"))(host));

  const methods = {
    /** @param {unknown} text @param {unknown} reviver */
    parse(text, reviver) {
      const source = typeof text === "string" ? text : `${text}`;
      try {
        return apply(nativeParse, JSON, [source, reviver]);
      } catch (error) {
        // A text that is right failed in the author's reviver.
        if (isA(error, "SyntaxError")) rewordThrown(error, words().problemOf(source), "JSON.parse");
        throw error;
      }
    },
    /** @param {unknown} value @param {unknown} replacer @param {unknown} space */
    stringify(value, replacer, space) {
      try {
        return apply(nativeStringify, JSON, [value, replacer, space]);
      } catch (error) {
        if (isA(error, "TypeError") && dataProperty(error, "message") === "circular reference") {
          rewordThrown(error, words().circleOf(value), "JSON.stringify");
        }
        throw error;
      }
    },
  };
  for (const name of /** @type {const} */ (["parse", "stringify"])) hide(JSON, name, methods[name]);
}

/** @param {unknown} error @param {string} name @returns {error is Error} */
const isA = (error, name) => typeof error === "object" && error !== null && dataProperty(error, "name") === name;

function isV8() {
  try {
    nativeParse("x");
  } catch (error) {
    return /** @type {Error} */ (error).message.startsWith("Unexpected token 'x', ");
  }
}
