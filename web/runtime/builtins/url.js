// Chunk "url": node:url and the globals URL and URLSearchParams. Parsing is whatwg-url's; the classes here say and
// print what Node's do. url.parse and its like are another chunk.

/** @import { Kit } from "../kit.js" */

import { implementation as URLImpl } from "whatwg-url/lib/URL-impl.js";
import { implementation as SearchParamsImpl } from "whatwg-url/lib/URLSearchParams-impl.js";
import { invalidArgument, nodeError, unsupported } from "../errors.js";
import { toASCII, toUnicode } from "./url/domains.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** A string without lone surrogates, as WebIDL's USVString. @param {unknown} value */
const text = (value) => /** @type {any} */ (`${value}`).toWellFormed();

/** @param {unknown} given @param {unknown} [base] */
function invalidURL(given, base) {
  const error = Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL", input: given });
  return base === undefined ? error : Object.assign(error, { base });
}

/** @param {number} count of the arguments given @param {string[]} names */
function requireArguments(count, ...names) {
  if (count >= names.length) return;
  const list = names.map((name) => `"${name}"`).join(" and ");
  throw nodeError(TypeError, "ERR_MISSING_ARGS", `The ${list} argument${names.length > 1 ? "s" : ""} must be specified`);
}

/** @type {(params: URLSearchParams, implementation: any) => void} */
let adopt;

class URLSearchParams {
  /** @type {any} */
  #params;

  static {
    adopt = (params, implementation) => void (params.#params = implementation);
  }

  /** @param {any} [init] */
  constructor(init = undefined) {
    this.#params = new SearchParamsImpl(globalThis, [searchParamsInit(init)], {});
  }

  get size() {
    return this.#params.size;
  }
  /** @param {string} name @param {string} value */
  append(name, value) {
    requireArguments(arguments.length, "name", "value");
    this.#params.append(text(name), text(value));
  }
  /** @param {string} name @param {string} [value] */
  delete(name, value = undefined) {
    requireArguments(arguments.length, "name");
    this.#params.delete(text(name), value === undefined ? undefined : text(value));
  }
  /** @param {string} name */
  get(name) {
    requireArguments(arguments.length, "name");
    return this.#params.get(text(name));
  }
  /** @param {string} name */
  getAll(name) {
    requireArguments(arguments.length, "name");
    return this.#params.getAll(text(name));
  }
  /** @param {string} name @param {string} [value] */
  has(name, value = undefined) {
    requireArguments(arguments.length, "name");
    return this.#params.has(text(name), value === undefined ? undefined : text(value));
  }
  /** @param {string} name @param {string} value */
  set(name, value) {
    requireArguments(arguments.length, "name", "value");
    this.#params.set(text(name), text(value));
  }
  sort() {
    this.#params.sort();
  }
  /** @param {(value: string, name: string, params: URLSearchParams) => void} callback @param {unknown} [thisArg] */
  forEach(callback, thisArg = undefined) {
    if (typeof callback !== "function") throw invalidArgument("callback", "of type function", callback);
    for (const [name, value] of this.#params._list) Reflect.apply(callback, thisArg, [value, name, this]);
  }
  entries() {
    return iterate(this.#params, (pair) => [...pair]);
  }
  keys() {
    return iterate(this.#params, ([name]) => name);
  }
  values() {
    return iterate(this.#params, ([, value]) => value);
  }
  toString() {
    return this.#params.toString();
  }

  /** @param {number | null} depth @param {any} options @param {(value: unknown, options: object) => string} inspect */
  [inspectCustom](depth, options, inspect) {
    if (typeof depth === "number" && depth < 0) return options.stylize("[Object]", "special");
    const inner = { ...options, ...(depth === null ? {} : { depth: depth - 1 }) };
    const name = this.constructor.name;
    const pairs = this.#params._list.map((/** @type {string[]} */ pair) => pair.map((part) => inspect(part, inner)).join(" => "));
    const length = pairs.join(", ").length;
    if (length > options.breakLength) return `${name} {\n  ${pairs.join(",\n  ")} }`;
    return pairs.length > 0 ? `${name} { ${pairs.join(", ")} }` : `${name} {}`;
  }
}
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, { value: URLSearchParams.prototype.entries, writable: true, configurable: true });

/** What the implementation takes: text, pairs, or an object without prototype. @param {any} init */
function searchParamsInit(init) {
  if (init === undefined || init === null) return "";
  if (typeof init !== "object" && typeof init !== "function") return text(init);
  if (init[Symbol.iterator] !== undefined && init[Symbol.iterator] !== null) {
    if (typeof init[Symbol.iterator] !== "function") throw nodeError(TypeError, "ERR_ARG_NOT_ITERABLE", "Query pairs must be iterable");
    return Array.from(init, (pair) => {
      const isPair = (typeof pair === "object" || typeof pair === "function") && pair !== null && typeof pair[Symbol.iterator] === "function";
      const parts = isPair ? Array.from(pair, text) : [];
      if (parts.length === 2) return parts;
      throw nodeError(TypeError, "ERR_INVALID_TUPLE", "Each query pair must be an iterable [name, value] tuple");
    });
  }
  const record = Object.create(null);
  for (const key of Reflect.ownKeys(init)) {
    if (Reflect.getOwnPropertyDescriptor(init, key)?.enumerable) record[text(key)] = text(init[key]);
  }
  return record;
}

const IteratorPrototype = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), {
  [Symbol.toStringTag]: { value: "URLSearchParams Iterator", configurable: true },
});

/** @param {any} params @param {(pair: [string, string]) => unknown} take */
function iterate(params, take) {
  let at = 0;
  const rest = () => params._list.slice(at).map(take);
  return Object.create(IteratorPrototype, {
    next: {
      value() {
        if (at >= params._list.length) return { value: undefined, done: true };
        return { value: take(params._list[at++]), done: false };
      },
    },
    [inspectCustom]: {
      value(/** @type {number} */ depth, /** @type {any} */ options, /** @type {Function} */ inspect) {
        if (typeof depth === "number" && depth < 0) return options.stylize("[Object]", "special");
        const parts = rest().map((/** @type {unknown} */ part) => inspect(part, options));
        if (parts.length === 0) return "URLSearchParams Iterator {  }";
        const breaks = parts.some((/** @type {string} */ part) => part.includes("\n"));
        return breaks ? `URLSearchParams Iterator {\n  ${parts.join(",\n  ")} }` : `URLSearchParams Iterator { ${parts.join(", ")} }`;
      },
    },
  });
}

class URL {
  /** @type {any} */
  #url;
  /** @type {URLSearchParams | undefined} */
  #searchParams;

  /** @param {unknown} url @param {unknown} [base] */
  constructor(url, base = undefined) {
    requireArguments(arguments.length, "url");
    const input = text(url);
    const baseText = base === undefined ? undefined : text(base);
    this.#url = parsed(input, baseText);
    if (this.#url === null) throw invalidURL(input, baseText);
  }

  /** @param {unknown} url @param {unknown} [base] */
  static canParse(url, base = undefined) {
    requireArguments(arguments.length, "url");
    return URLImpl.canParse(text(url), base === undefined ? undefined : text(base));
  }
  /** @param {unknown} url @param {unknown} [base] */
  static parse(url, base = undefined) {
    requireArguments(arguments.length, "url");
    return URL.canParse(url, base) ? new URL(url, base) : null;
  }
  static createObjectURL() {
    throw unsupported("URL.createObjectURL");
  }
  static revokeObjectURL() {}

  toString() {
    return this.#own().href;
  }
  get href() {
    return this.#own().href;
  }
  set href(value) {
    const url = this.#own();
    try {
      url.href = text(value);
    } catch {
      throw Object.assign(nodeError(TypeError, "ERR_INVALID_URL", "Invalid URL"), { input: text(value) });
    }
  }
  get origin() {
    return this.#own().origin;
  }
  get protocol() {
    return this.#own().protocol;
  }
  set protocol(value) {
    this.#own().protocol = text(value);
  }
  get username() {
    return this.#own().username;
  }
  set username(value) {
    this.#own().username = text(value);
  }
  get password() {
    return this.#own().password;
  }
  set password(value) {
    this.#own().password = text(value);
  }
  get host() {
    return this.#own().host;
  }
  set host(value) {
    this.#own().host = text(value);
  }
  get hostname() {
    return this.#own().hostname;
  }
  set hostname(value) {
    this.#own().hostname = text(value);
  }
  get port() {
    return this.#own().port;
  }
  set port(value) {
    this.#own().port = text(value);
  }
  get pathname() {
    return this.#own().pathname;
  }
  set pathname(value) {
    this.#own().pathname = text(value);
  }
  get search() {
    return this.#own().search;
  }
  set search(value) {
    this.#own().search = text(value);
  }
  get searchParams() {
    const url = this.#own();
    if (!this.#searchParams) {
      this.#searchParams = new URLSearchParams();
      adopt(this.#searchParams, url.searchParams);
    }
    return this.#searchParams;
  }
  get hash() {
    return this.#own().hash;
  }
  set hash(value) {
    this.#own().hash = text(value);
  }
  toJSON() {
    return this.#own().href;
  }

  #own() {
    if (typeof this !== "object" || this === null || !(#url in this)) throw new TypeError("Receiver must be an instance of class URL");
    return this.#url;
  }

  /** @param {number | null} depth @param {object} options @param {(value: unknown, options: object) => string} inspect */
  [inspectCustom](depth, options, inspect) {
    if (typeof depth === "number" && depth < 0) return this;
    const name = this.constructor.name;
    return `${name} ${inspect(Object.fromEntries(SHOWN.map((key) => [key, this[key]])), options)}`;
  }
}

const SHOWN = /** @type {const} */ (["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "searchParams", "hash"]);

for (const Class of [URL, URLSearchParams]) {
  const { prototype } = Class;
  Object.defineProperty(prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
  for (const name of Object.getOwnPropertyNames(prototype)) if (name !== "constructor") Object.defineProperty(prototype, name, { enumerable: true });
}

/** The implementation's URL; null when the text is none. @param {string} url @param {string} [base] */
function parsed(url, base) {
  return URLImpl.canParse(url, base) ? new URLImpl(globalThis, [url, base]) : null;
}

/** @param {unknown} path */
function fileURLToPath(path) {
  const url = typeof path === "string" ? new URL(path) : path;
  if (!isURL(url)) throw invalidArgument("path", "of type string or an instance of URL", path);
  if (url.protocol !== "file:") throw nodeError(TypeError, "ERR_INVALID_URL_SCHEME", "The URL must be of scheme file");
  if (url.hostname !== "") throw nodeError(TypeError, "ERR_INVALID_FILE_URL_HOST", 'File URL host must be "localhost" or empty on linux');
  if (/%2f/i.test(url.pathname)) throw nodeError(TypeError, "ERR_INVALID_FILE_URL_PATH", "File URL path must not include encoded / characters");
  return decodeURIComponent(url.pathname);
}

/** @param {any} value @returns {value is URL} */
const isURL = (value) => Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);

/** The domain as a URL has it; "" for what is none. @param {string} domain */
function hostOf(domain) {
  try {
    // Labels that say they are Punycode and are not make the whole no domain.
    for (const label of domain.split(".")) if (/^xn--./i.test(label) && !isPunycode(label)) return "";
    return /[:/?#@]/.test(domain) ? "" : new URL(`ws://${domain}`).hostname;
  } catch (error) {
    if (/** @type {any} */ (error)?.code === "ERR_INVALID_URL") return "";
    throw error;
  }
}

/** @param {string} label */
function isPunycode(label) {
  try {
    const decoded = toUnicode(label).domain;
    return decoded !== label.toLowerCase() && toASCII(decoded) === label.toLowerCase();
  } catch {
    return false;
  }
}

/** @param {Kit} kit */
export default function url(kit) {
  const legacy = () => kit.builtin("internal/legacyUrl");

  /** @param {unknown} path */
  function pathToFileURL(path) {
    if (typeof path !== "string") throw invalidArgument("path", "of type string", path);
    const resolved = kit.builtin("path").resolve(path) + (path.endsWith("/") && path !== "/" ? "/" : "");
    return new URL(`file://${encodeURI(resolved).replace(/[?#]/g, encodeURIComponent)}`);
  }

  /** @param {any} given @param {{ auth?: boolean, fragment?: boolean, search?: boolean, unicode?: boolean }} [options] */
  function format(given, options) {
    if (!isURL(given)) return legacy().format(given);
    const { auth = true, fragment = true, search = true, unicode = false } = options ?? {};
    const copy = new URL(given.href);
    if (!auth) copy.username = copy.password = "";
    if (!fragment) copy.hash = "";
    if (!search) copy.search = "";
    return unicode ? copy.href.replace(copy.hostname, toUnicode(copy.hostname).domain) : copy.href;
  }

  /** @param {any} given */
  function urlToHttpOptions(given) {
    const { protocol, hostname, hash, search, pathname, href, port, username, password } = given;
    const options = { __proto__: null, ...given, protocol, hostname, hash, search, pathname, path: pathname + search, href };
    if (port !== "") options.port = Number(port);
    if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return options;
  }

  return {
    get Url() {
      return legacy().Url;
    },
    parse: (/** @type {unknown[]} */ ...args) => legacy().parse(...args),
    resolve: (/** @type {string} */ from, /** @type {string} */ to) => legacy().resolve(from, to),
    resolveObject: (/** @type {string} */ from, /** @type {string} */ to) => legacy().resolveObject(from, to),
    format,
    URL,
    URLSearchParams,
    domainToASCII: (/** @type {unknown} */ domain) => hostOf(`${domain}`),
    domainToUnicode: (/** @type {unknown} */ domain) => toUnicode(hostOf(`${domain}`)).domain,
    pathToFileURL,
    fileURLToPath,
    urlToHttpOptions,
  };
}
