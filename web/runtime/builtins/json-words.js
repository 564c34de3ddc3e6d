// Chunk "jsonWords": what V8 says of a text that is no JSON and of an object that contains itself. Loaded when
// JSON.parse or JSON.stringify has failed (json.js).

/** @import { Host } from "../../protocol.d.ts" */

import { className, isObject } from "../values.js";

const { getOwnPropertyDescriptor, ownKeys } = Reflect;

/** @param {Host} host */
export default function jsonWords(host) {
  return {
    problemOf,
    /** @param {unknown} value */
    circleOf: (value) => circleOf(host, value),
  };
}

/** Texts that come of a value that was no text. */
const NO_TEXTS = new Set(["undefined", "[object Object]", "NaN", "Infinity"]);
const CONTEXT = 10;

class Problem {
  /** @param {string} message */
  constructor(message) {
    this.message = message;
  }
}

/**
 * V8's message for a text that is no JSON; null for one that is.
 * @param {string} text
 * @returns {string | null}
 */
function problemOf(text) {
  try {
    new Scanner(text).document();
    return null;
  } catch (problem) {
    if (problem instanceof Problem) return problem.message;
    return null; // nested too deeply: the engine's own message stands
  }
}

class Scanner {
  #at = 0;
  #text;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  document() {
    this.#value();
    if (this.#next() !== "") this.#fail("Unexpected non-whitespace character after JSON");
  }

  /** The next character behind blanks; "" at the end. */
  #next() {
    while (/[ \t\r\n]/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.charAt(this.#at);
  }

  #value() {
    const char = this.#next();
    if (char === "{") this.#object();
    else if (char === "[") this.#array();
    else if (char === '"') this.#string();
    else if (/[-\d]/.test(char)) this.#number();
    else if (char === "t") this.#word("true");
    else if (char === "f") this.#word("false");
    else if (char === "n") this.#word("null");
    else this.#unexpected();
  }

  #object() {
    this.#at++;
    if (this.#next() === "}") return void this.#at++;
    if (this.#next() !== '"') this.#fail("Expected property name or '}' in JSON");
    for (;;) {
      this.#string();
      if (this.#next() !== ":") this.#fail("Expected ':' after property name in JSON");
      this.#at++;
      this.#value();
      const end = this.#next();
      if (end !== "," && end !== "}") this.#fail("Expected ',' or '}' after property value in JSON");
      this.#at++;
      if (end === "}") return;
      if (this.#next() !== '"') this.#fail("Expected double-quoted property name in JSON");
    }
  }

  #array() {
    this.#at++;
    if (this.#next() === "]") return void this.#at++;
    for (;;) {
      this.#value();
      const end = this.#next();
      if (end !== "," && end !== "]") this.#fail("Expected ',' or ']' after array element in JSON");
      this.#at++;
      if (end === "]") return;
    }
  }

  #string() {
    for (this.#at++; ; this.#at++) {
      const char = this.#text.charAt(this.#at);
      if (char === '"') return void this.#at++;
      if (char === "") this.#fail("Unterminated string in JSON");
      if (char < " ") this.#fail("Bad control character in string literal in JSON");
      if (char === "\\") this.#escape();
    }
  }

  #escape() {
    const char = this.#text.charAt(++this.#at);
    if (char === "") this.#fail("Unterminated string in JSON");
    if (char === "u") {
      for (let digits = 0; digits < 4; digits++) {
        if (!/[\da-f]/i.test(this.#text.charAt(++this.#at))) this.#fail("Bad Unicode escape in JSON");
      }
    } else if (!/["\\/bfnrt]/.test(char)) this.#fail("Bad escaped character in JSON");
  }

  #number() {
    if (this.#text.charAt(this.#at) === "-") this.#at++;
    if (!/\d/.test(this.#text.charAt(this.#at))) this.#fail("No number after minus sign in JSON");
    if (this.#text.charAt(this.#at) === "0") {
      if (/\d/.test(this.#text.charAt(++this.#at))) this.#fail("Unexpected number in JSON");
    } else this.#digits();
    if (this.#text.charAt(this.#at) === ".") {
      this.#at++;
      if (!this.#digits()) this.#fail("Unterminated fractional number in JSON");
    }
    if (/[eE]/.test(this.#text.charAt(this.#at))) {
      if (/[+-]/.test(this.#text.charAt(++this.#at))) this.#at++;
      if (!this.#digits()) this.#fail("Exponent part is missing a number in JSON");
    }
  }

  #digits() {
    const start = this.#at;
    while (/\d/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#at > start;
  }

  /** @param {string} word */
  #word(word) {
    for (const char of word) {
      if (this.#text.charAt(this.#at) !== char) this.#unexpected();
      this.#at++;
    }
  }

  /** @returns {never} */
  #unexpected() {
    const text = this.#text;
    const at = this.#at;
    const char = text.charAt(at);
    if (char === "") throw new Problem("Unexpected end of JSON input");
    if (NO_TEXTS.has(text)) throw new Problem(`"${text}" is not valid JSON`);
    if (/\d/.test(char) || char === "-") this.#fail("Unexpected number in JSON");
    if (char === '"') this.#fail("Unexpected string in JSON");
    const isLong = text.length > 2 * CONTEXT;
    const cutBefore = isLong && at >= CONTEXT;
    const cutBehind = isLong && at < text.length - CONTEXT;
    const shown = text.slice(cutBefore ? at - CONTEXT : 0, cutBehind ? at + CONTEXT : text.length);
    throw new Problem(`Unexpected token '${char}', ${cutBefore ? "..." : ""}"${shown}"${cutBehind ? "..." : ""} is not valid JSON`);
  }

  /** @param {string} what @returns {never} */
  #fail(what) {
    const before = this.#text.slice(0, this.#at).split(/\r\n|\r|\n/);
    const column = /** @type {string} */ (before.at(-1)).length + 1;
    throw new Problem(`${what} at position ${this.#at} (line ${before.length} column ${column})`);
  }
}

/**
 * V8's message for an object that contains itself; null when none is found. Looks at data properties only.
 * @param {Host} host
 * @param {unknown} value
 * @returns {string | null}
 */
function circleOf(host, value) {
  /** @type {{ object: object, key: string }[]} */
  const path = [];
  const done = new Set();

  /** @param {unknown} at @param {string} key @returns {string | null} */
  function visit(at, key) {
    if (!isObject(at) || typeof at === "function" || done.has(at) || host.proxyDetails(at) !== undefined) return null;
    const start = path.findIndex(({ object }) => object === at);
    if (start >= 0) return circleText(path.slice(start), key);
    path.push({ object: at, key });
    for (const name of ownKeys(at)) {
      if (typeof name === "symbol") continue;
      const found = getOwnPropertyDescriptor(at, name);
      if (!found?.enumerable || !("value" in found)) continue;
      const text = visit(found.value, Array.isArray(at) ? `index ${name}` : `property '${name}'`);
      if (text !== null) return text;
    }
    path.pop();
    done.add(at);
    return null;
  }
  return visit(value, "");
}

/** @param {{ object: object, key: string }[]} circle @param {string} last the key that closes it */
function circleText([first, ...rest], last) {
  const name = (/** @type {object} */ object) => `object with constructor '${className(object) ?? "Object"}'`;
  const steps = rest.map(({ object, key }) => `\n    |     ${key} -> ${name(object)}`);
  if (steps.length > 3) steps.splice(2, steps.length - 3, "\n    |     ...");
  return `Converting circular structure to JSON\n    --> starting at ${name(first.object)}${steps.join("")}\n    --- ${last} closes the circle`;
}
