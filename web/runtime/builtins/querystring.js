// Chunk "querystring": node:querystring.

/** @param {string} text */
const escape = (text) => encodeURIComponent(text);

/** Malformed escapes stay, and bytes that are no UTF-8 become U+FFFD. @param {string} text */
function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run.replace(/%[0-7][0-9a-f]|%../gi, (one) => (/^%[0-7]/.test(one) ? decodeURIComponent(one) : "\ufffd"));
      }
    });
  }
}

/** @param {unknown} value */
function primitive(value) {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? `${value}` : "";
  return typeof value === "bigint" || typeof value === "boolean" ? `${value}` : "";
}

/** @param {any} object @param {string} [separator] @param {string} [equals] @param {{ encodeURIComponent?: (text: string) => string }} [options] */
function stringify(object, separator = "&", equals = "=", options) {
  const encode = options?.encodeURIComponent ?? exports.escape;
  if (object === null || typeof object !== "object") return "";
  const pairs = Object.keys(object).flatMap((key) =>
    (Array.isArray(object[key]) ? object[key] : [object[key]]).map((/** @type {unknown} */ value) => encode(primitive(key)) + (equals || "=") + encode(primitive(value))),
  );
  return pairs.join(separator || "&");
}

/** @param {unknown} text @param {string} [separator] @param {string} [equals] @param {{ maxKeys?: number, decodeURIComponent?: (text: string) => string }} [options] */
function parse(text, separator = "&", equals = "=", { maxKeys = 1000, decodeURIComponent: decode = exports.unescape } = {}) {
  /** @type {Record<string, string | string[]>} */
  const found = Object.create(null);
  if (typeof text !== "string" || text === "") return found;
  const pairs = text.split(separator || "&").filter((pair) => pair !== "");
  for (const pair of maxKeys > 0 ? pairs.slice(0, maxKeys) : pairs) {
    const at = pair.indexOf(equals || "=");
    const [key, value] = (at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + (equals || "=").length)]).map((part) => decode(part.replaceAll("+", " ")));
    if (!(key in found)) found[key] = value;
    else found[key] = [.../** @type {string[]} */ ([found[key]]).flat(), value];
  }
  return found;
}

const exports = { unescape, escape, stringify, encode: stringify, parse, decode: parse };

/** Node lets programs replace `escape` and `unescape`. */
export default function querystring() {
  return exports;
}
