// net.SocketAddress: an IP address with its port.

/** @import { Kit } from "../kit.js" */

import { nativeError, requireInteger, requireObject, requirePort, requireString, wrongValue } from "./argument-checks.js";
import { isIPv4, numberOf, textOf } from "./ip-addresses.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/**
 * @typedef {InstanceType<ReturnType<typeof createSocketAddress>>} SocketAddress
 * @param {Kit} kit
 */
export function createSocketAddress(kit) {
  return class SocketAddress {
    #number;
    #port;
    /** @type {"ipv4" | "ipv6"} */
    #family;
    #flowlabel;

    /** @param {{ address?: string, port?: number, family?: string, flowlabel?: number }} [options] */
    constructor(options = {}) {
      requireObject("options", options);
      const given = options.family ?? "ipv4";
      const family = typeof given === "string" ? given.toLowerCase() : given;
      const { address = given === "ipv4" ? "127.0.0.1" : "::", port = 0, flowlabel = 0 } = options;
      if (family !== "ipv4" && family !== "ipv6") throw wrongValue("options.family", kit.printer.inspect(options.family));
      requireString("options.address", address);
      requirePort("options.port", port);
      requireInteger("options.flowlabel", flowlabel, 0, 2 ** 32 - 1);
      const number = numberOf(address, family);
      if (number === null) throw nativeError(Error, "ERR_INVALID_ADDRESS", "Invalid socket address");
      this.#number = number;
      this.#port = Number(port);
      this.#family = family;
      this.#flowlabel = flowlabel;
    }
    /** @param {unknown} value @returns {value is SocketAddress} */
    static isSocketAddress(value) {
      return typeof value === "object" && value !== null && #number in value;
    }
    /** @param {string} input "ADDRESS:PORT" @returns {SocketAddress | undefined} undefined: it is no such text */
    static parse(input) {
      requireString("input", input);
      try {
        const { hostname, port } = new (kit.builtin("url").URL)(`http://${input}`);
        if (isIPv4(hostname)) return new SocketAddress({ address: hostname, port: Number(port) });
        if (hostname.startsWith("[")) return new SocketAddress({ address: hostname.slice(1, -1), port: Number(port), family: "ipv6" });
      } catch {
        // Told by the result.
      }
      return undefined;
    }
    get address() {
      return textOf(this.#number, this.#family);
    }
    get port() {
      return this.#port;
    }
    get family() {
      return this.#family;
    }
    get flowlabel() {
      return this.#flowlabel;
    }
    toJSON() {
      return { address: this.address, port: this.#port, family: this.#family, flowlabel: this.#flowlabel };
    }
    /** @param {number} depth @param {{ depth: number | null }} options @param {(value: unknown, options: object) => string} inspect */
    [inspectCustom](depth, options, inspect) {
      if (depth < 0) return this;
      return `SocketAddress ${inspect(this.toJSON(), { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
    }
  };
}
