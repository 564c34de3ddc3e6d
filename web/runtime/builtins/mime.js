// Chunk "mime": MIMEType and MIMEParams of node:util. Reading and writing the syntax is whatwg-mimetype's; the classes
// here print and fail as Node's do, whose errors tell where the syntax is wrong.

import parse from "whatwg-mimetype/lib/parser.js";
import serialize from "whatwg-mimetype/lib/serializer.js";
import { nodeError } from "../errors.js";

const NOT_TOKEN = /[^-!#$%&'*+.^_`|~A-Za-z0-9]/;
const NOT_QUOTABLE = /[^\t\x20-\x7e\x80-\xff]/;
const BLANKS = /^[\t\n\r ]+|[\t\n\r ]+$/g;

/** Only ASCII, as the standard says. @param {string} text */
const lowercase = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** @param {string} production @param {string} text @param {number} at */
function invalidSyntax(production, text, at) {
  const place = at < 0 ? "" : ` at ${at}`;
  return nodeError(TypeError, "ERR_INVALID_MIME_SYNTAX", `The MIME syntax for a ${production} in "${text}" is invalid${place}`);
}

/** @param {string} production @param {string} token @param {string} text that it stands in */
function requireToken(production, token, text = token) {
  const at = token.search(NOT_TOKEN);
  if (token === "" || at >= 0) throw invalidSyntax(production, text, at);
}

/** What is wrong in a text that the parser did not take. @param {string} text */
function failure(text) {
  const [, type, subtype] = /** @type {RegExpExecArray} */ (/^([^/]*)\/?([^;]*)/.exec(text.replace(BLANKS, "")));
  try {
    requireToken("type", type, text);
    if (!text.includes("/")) return invalidSyntax("type", text, -1);
    requireToken("subtype", subtype.replace(BLANKS, ""), text);
  } catch (error) {
    return error;
  }
  return invalidSyntax("type", text, -1);
}

/** @type {(params: MIMEParams, map: Map<string, string>) => void} */
let adopt;

class MIMEParams {
  #values = new Map();

  static {
    adopt = (params, map) => void (params.#values = map);
  }

  /** @param {string} name */
  delete(name) {
    this.#values.delete(lowercase(`${name}`));
  }
  /** @param {string} name */
  get(name) {
    return this.#values.get(lowercase(`${name}`)) ?? null;
  }
  /** @param {string} name */
  has(name) {
    return this.#values.has(lowercase(`${name}`));
  }
  /** @param {string} name @param {string} value */
  set(name, value) {
    [name, value] = [lowercase(`${name}`), `${value}`];
    requireToken("parameter name", name);
    const at = value.search(NOT_QUOTABLE);
    if (at >= 0) throw invalidSyntax("parameter value", value, at);
    this.#values.set(name, value);
  }
  *entries() {
    yield* this.#values.entries();
  }
  *keys() {
    yield* this.#values.keys();
  }
  *values() {
    yield* this.#values.values();
  }
  toString() {
    // The library writes whole types only.
    return serialize({ type: "", subtype: "", parameters: this.#values }).slice("/;".length);
  }
}
alias(MIMEParams.prototype, "toJSON", MIMEParams.prototype.toString);
alias(MIMEParams.prototype, Symbol.iterator, MIMEParams.prototype.entries);

class MIMEType {
  #type;
  #subtype;
  #params = new MIMEParams();

  /** @param {string} input */
  constructor(input) {
    const text = `${input}`;
    const parsed = parse(text);
    if (parsed === null) throw failure(text);
    this.#type = parsed.type;
    this.#subtype = parsed.subtype;
    adopt(this.#params, parsed.parameters);
  }

  get type() {
    return this.#type;
  }
  set type(given) {
    const type = `${given}`;
    requireToken("type", type);
    this.#type = lowercase(type);
  }
  get subtype() {
    return this.#subtype;
  }
  set subtype(given) {
    const subtype = `${given}`;
    requireToken("subtype", subtype);
    this.#subtype = lowercase(subtype);
  }
  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }
  get params() {
    return this.#params;
  }
  toString() {
    const params = this.#params.toString();
    return params === "" ? this.essence : `${this.essence};${params}`;
  }
}
alias(MIMEType.prototype, "toJSON", MIMEType.prototype.toString);

/** @param {object} of @param {string | symbol} name @param {Function} value */
function alias(of, name, value) {
  Object.defineProperty(of, name, { value, writable: true, configurable: true });
}

export default () => ({ MIMEType, MIMEParams });
