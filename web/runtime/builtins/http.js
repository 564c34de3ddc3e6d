// Chunk "http": node:http without the network: what it knows of methods, status codes and headers.

/** @import { Kit } from "../kit.js" */

import { nodeError } from "../errors.js";
import { requireInteger } from "./argument-checks.js";
import { STATUSES } from "./http-statuses.js";
import { lackingFunctions, withLackingObjects } from "./lacking.js";

const METHODS =
  "ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY OPTIONS PATCH POST " +
  "PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE";

const LACKING =
  "Agent ClientRequest IncomingMessage OutgoingMessage Server ServerResponse createServer get request setGlobalProxyFromEnv WebSocket CloseEvent";

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const NOT_IN_VALUES = /[^\t\x20-\x7e\x80-\xff]/;

/** @param {Kit} kit */
export default function http(kit) {
  return withLackingObjects(kit, "node:http", ["globalAgent"], {
    METHODS: METHODS.split(" "),
    STATUS_CODES: Object.fromEntries(STATUSES),
    ...lackingFunctions(kit, "node:http", LACKING),
    maxHeaderSize: 16384,
    get MessageEvent() {
      return kit.builtin("internal/messageChannel").MessageEvent;
    },
    /** @param {number} max */
    setMaxIdleHTTPParsers: (max) => requireInteger("max", max, 1, Number.MAX_SAFE_INTEGER),
    /** @param {unknown} name @param {string} [label] */
    validateHeaderName(name, label = "Header name") {
      if (typeof name === "string" && TOKEN.test(name)) return;
      const shown = typeof name === "string" ? name : kit.printer.inspect(name);
      throw nodeError(TypeError, "ERR_INVALID_HTTP_TOKEN", `${label} must be a valid HTTP token ["${shown}"]`);
    },
    /** @param {unknown} name @param {any} value */
    validateHeaderValue(name, value) {
      if (value === undefined) throw nodeError(TypeError, "ERR_HTTP_INVALID_HEADER_VALUE", `Invalid value "${value}" for header "${name}"`);
      if (NOT_IN_VALUES.test(value)) throw nodeError(TypeError, "ERR_INVALID_CHAR", `Invalid character in header content ["${name}"]`);
    },
  });
}
