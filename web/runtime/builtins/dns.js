// Chunk "dns": node:dns without the network: addresses that are IP addresses already, and resolvers with the servers
// that the program gives them.

/** @import { Kit } from "../kit.js" */

import { nodeError } from "../errors.js";
import { nativeError, requireArray, requireFunction, requireInteger, requireOneOf, requirePort, requireString, wrongType } from "./argument-checks.js";
import { isIP } from "./ip-addresses.js";
import { lackingFunction, lackingFunctions } from "./lacking.js";

const ERRORS =
  "ENODATA EFORMERR ESERVFAIL ENOTFOUND ENOTIMP EREFUSED EBADQUERY EBADNAME EBADFAMILY EBADRESP ECONNREFUSED ETIMEOUT EOF EFILE ENOMEM " +
  "EDESTRUCTION EBADSTR EBADFLAGS ENONAME EBADHINTS ENOTINITIALIZED ELOADIPHLPAPI EADDRGETNETWORKPARAMS ECANCELLED";
const CODES = Object.fromEntries(ERRORS.split(" ").map((code) => [code === "EOF" ? code : code.slice(1), code]));
const QUERIES =
  "resolve resolve4 resolve6 resolveAny resolveCaa resolveCname resolveMx resolveNaptr resolveNs resolvePtr resolveSoa resolveSrv resolveTlsa " +
  "resolveTxt reverse";
const ORDERS = ["verbatim", "ipv4first", "ipv6first"];
const MAX = 2 ** 31 - 1;

/** @typedef {{ family?: number | "IPv4" | "IPv6", all?: boolean, verbatim?: boolean, order?: string, hints?: number } | null} LookupOptions */

/** @param {Kit} kit */
export default function dns(kit) {
  const { inspect } = kit.printer;
  let order = "verbatim";
  /** The servers given to the module itself. @type {string[] | null} */
  let servers = null;

  /** @param {string[]} given */
  function checkedServers(given) {
    requireArray("servers", given);
    return given.map((server, i) => checkedServer(server, `servers[${i}]`));
  }

  /** @param {string} module */
  function createResolver(module) {
    class Resolver {
      /** @type {string[] | null} */
      #servers = servers;
      /** @param {{ timeout?: number, tries?: number, maxTimeout?: number }} [options] */
      constructor(options = {}) {
        requireInteger("options.timeout", options.timeout ?? -1, -1, MAX);
        requireInteger("options.tries", options.tries ?? 4, 1, MAX);
        requireInteger("options.maxTimeout", options.maxTimeout ?? 0, 0, MAX);
      }
      /** Those of the machine are not told. */
      getServers() {
        return [...(this.#servers ?? kit.unsupported(`${module}.getServers`))];
      }
      /** @param {string[]} servers */
      setServers(servers) {
        this.#servers = checkedServers(servers);
      }
      /** @param {string} ipv4 @param {string} [ipv6] */
      setLocalAddress(ipv4, ipv6) {
        requireString("ipv4", ipv4);
        if (ipv6 !== undefined) requireString("ipv6", ipv6);
        if ([ipv4, ipv6 ?? "::"].some((address) => isIP(address) === 0)) {
          throw nativeError(TypeError, "ERR_INVALID_ARG_VALUE", "Invalid IP address.");
        }
      }
      cancel() {}
    }
    for (const [name, value] of Object.entries(lackingFunctions(kit, `${module}.Resolver`, QUERIES))) {
      Object.defineProperty(Resolver.prototype, name, { value, writable: true, configurable: true });
    }
    return Resolver;
  }

  /** @param {string} module e.g. "node:dns" @param {Record<string, number>} [constants] that it alone has */
  const common = (module, constants) => ({
    lookupService: lackingFunction(kit, `${module}.lookupService`),
    Resolver: createResolver(module),
    getDefaultResultOrder: () => order,
    /** @param {string} value */
    setDefaultResultOrder(value) {
      requireOneOf("dnsOrder", value, ORDERS, inspect);
      order = value;
    },
    /** @param {string[]} given */
    setServers(given) {
      servers = checkedServers(given);
    },
    ...constants,
    ...CODES,
    getServers: () => [...(servers ?? kit.unsupported(`${module}.getServers`))],
    ...lackingFunctions(kit, module, QUERIES),
  });

  /** What a lookup gives: no other than an IP address is known. @param {string} module @param {unknown} hostname @param {LookupOptions} options */
  function addressOf(module, hostname, options) {
    const all = options?.all ?? false;
    if (options?.family !== undefined && options.family !== "IPv4" && options.family !== "IPv6") requireOneOf("options.family", options.family, [0, 4, 6], inspect);
    if (typeof all !== "boolean") throw wrongType("options.all", "of type boolean", all);
    if (options?.order !== undefined) requireOneOf("options.order", options.order, ORDERS, inspect);
    const family = isIP(hostname);
    if (family === 0) kit.unsupported(`${module}.lookup`);
    return { all, found: { address: /** @type {string} */ (hostname), family } };
  }

  /** @param {any} hostname @param {any} options a family, or options, or the callback @param {any} [callback] */
  function lookup(hostname, options, callback) {
    if (hostname) requireString("hostname", hostname);
    const done = typeof options === "function" ? options : callback;
    requireFunction("callback", done);
    if (typeof options === "number") requireOneOf("family", options, [0, 4, 6], inspect);
    else if (options !== undefined && typeof options !== "object" && typeof options !== "function") throw wrongType("options", "of type object or integer", options);
    const { all, found } = addressOf("node:dns", hostname, typeof options === "object" ? options : null);
    kit.loop.nextTick(done, ...(all ? [null, [found]] : [null, found.address, found.family]));
    return {};
  }

  const promises = {
    /** @param {any} hostname @param {any} [options] a family, or options */
    lookup(hostname, options) {
      if (hostname) requireString("hostname", hostname);
      if (typeof options === "number") requireOneOf("family", options, [0, 4, 6], inspect);
      else if (options !== undefined && typeof options !== "object") throw wrongType("options", "of type object or integer", options);
      const { all, found } = addressOf("node:dns/promises", hostname, typeof options === "object" ? options : null);
      return new Promise((resolve) => kit.loop.nextTick(/** @type {any} */ (resolve), all ? [found] : found));
    },
    ...common("node:dns/promises"),
  };
  Object.defineProperty(lookup, Symbol.for("nodejs.util.promisify.custom"), { value: promises.lookup, configurable: true });
  return { lookup, ...common("node:dns", { ADDRCONFIG: 32, ALL: 16, V4MAPPED: 8 }), promises };
}

/** As `getServers` tells it. @param {string} server "ADDRESS", "ADDRESS:PORT" or "[ADDRESS]:PORT" @param {string} name */
function checkedServer(server, name) {
  requireString(name, server);
  if (isIP(server) !== 0) return server;
  const [, bracketed, plain, digits] = /^(?:\[([^[\]]*)\]|([^:]+))(?::(\d+))?$/.exec(server) ?? [];
  const address = bracketed ?? plain;
  if (address === undefined || isIP(address) === 0) throw nodeError(TypeError, "ERR_INVALID_IP_ADDRESS", `Invalid IP address: ${server}`);
  const port = Number(digits ?? 53) || 53;
  requirePort("Port", port);
  return port === 53 ? address : `${isIP(address) === 6 ? `[${address}]` : address}:${port}`;
}
