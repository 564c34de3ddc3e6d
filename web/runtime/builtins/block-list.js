// net.BlockList: rules about IP addresses. A rule for IPv4 holds for the same address in IPv6 notation too, and the
// other way round.

/** @import { Kit } from "../kit.js" */
/** @import { SocketAddress, createSocketAddress } from "./socket-address.js" */

import { requireArray, requireInteger, requireString, wrongType, wrongValue } from "./argument-checks.js";
import { isMapped, numberOf } from "./ip-addresses.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");
const NAMES = { ipv4: "IPv4", ipv6: "IPv6" };
const ALL = (1n << 128n) - 1n;

/** Of networks that belong to nobody, to one machine or to one link. */
const PRIVATE_RANGES = "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 127.0.0.0/8 ::1/128 169.254.0.0/16 fe80::/10 fc00::/7".split(" ");

/** Groups as `rules` lists them. */
const KINDS = /** @type {const} */ (["Address", "Subnet", "Range"]);

/** What `fromJSON` understands. Of IPv6 it reads no address that ends in IPv4 notation. */
const RULE = /(Address|Subnet|Range): IPv(?:4 (\d+(?:\.\d+){3})|6 ([\da-f:]{1,39}))(?:\/(\d{1,3})|-(\d+(?:\.\d+){3}|[\da-f:]{1,39}))?/i;

/** @typedef {{ number: bigint, family: "ipv4" | "ipv6", text: string }} Address */
/** @typedef {{ kind: typeof KINDS[number], key: string, text: string, holds: (number: bigint, isIPv4: boolean) => boolean }} Rule */

/** @param {Kit} kit @param {ReturnType<typeof createSocketAddress>} SocketAddress */
export function createBlockList(kit, SocketAddress) {
  /** @param {string} name @param {any} given @param {unknown} family @returns {SocketAddress} */
  function socketAddress(name, given, family) {
    if (SocketAddress.isSocketAddress(given)) return given;
    requireString(name, given);
    requireString("family", family);
    return new SocketAddress({ address: given, family: /** @type {string} */ (family) });
  }

  /** @param {string} name @param {any} given @param {unknown} family @returns {Address} */
  function address(name, given, family) {
    const { address: text, family: kind } = socketAddress(name, given, family);
    return { number: /** @type {bigint} */ (numberOf(text, kind)), family: kind, text };
  }

  /** @param {any} given @param {unknown} family @returns {Rule} */
  function addressRule(given, family, name = "address") {
    const { number, family: kind, text } = address(name, given, family);
    return { kind: "Address", key: `${number}`, text: `${NAMES[kind]} ${text}`, holds: (other) => other === number };
  }

  /** @param {any} given @param {any} prefix @param {unknown} family @returns {Rule} */
  function subnetRule(given, prefix, family) {
    const { number, family: kind, text } = address("network", given, family);
    requireInteger("prefix", prefix, 0, kind === "ipv4" ? 32 : 128);
    const length = kind === "ipv4" ? prefix + 96 : prefix;
    const mask = ALL ^ (ALL >> BigInt(length));
    return {
      kind: "Subnet",
      key: `${number}/${length}`,
      text: `${NAMES[kind]} ${text}/${prefix + 0}`,
      holds: (other) => (other & mask) === (number & mask),
    };
  }

  /** @param {any} first @param {any} last @param {unknown} family @returns {Rule} */
  function rangeRule(first, last, family) {
    const [start, end] = [socketAddress("start", first, family), socketAddress("end", last, family)];
    const [from, to] = [address("start", start, family), address("end", end, family)];
    if (from.number > to.number) throw wrongValue("start", kit.printer.inspect(start), "must come before end");
    return {
      kind: "Range",
      key: `${from.number}-${to.number}`,
      text: `${NAMES[from.family]} ${from.text}-${to.text}`,
      // An IPv4 address is neither before nor behind one that only IPv6 has.
      holds: (other, isIPv4) => other >= from.number && other <= to.number && (!isIPv4 || (isMapped(from.number) && isMapped(to.number))),
    };
  }

  /** @param {any} text e.g. "10.0.0.0/8" @param {string} [name] @returns {Rule} */
  function cidrRule(text, name = "cidr") {
    requireString(name, text);
    const [, network, digits] = /^([^/]*)\/(.*)$/s.exec(text) ?? [];
    if (network === undefined) throw wrongValue("cidr", kit.printer.inspect(text), 'must contain a prefix length (e.g. "10.0.0.0/8")');
    if (!/^(?:0|[1-9]\d*)$/.test(digits)) throw wrongValue("cidr", kit.printer.inspect(text), "prefix length must be a valid integer");
    return subnetRule(network, Number(digits), network.includes(":") ? "ipv6" : "ipv4");
  }

  return class BlockList {
    static PRIVATE_RANGES = Object.freeze([...PRIVATE_RANGES]);

    /** Newest first. @type {Rule[]} */
    #rules = [];

    /** @param {unknown} value */
    static isBlockList(value) {
      return typeof value === "object" && value !== null && #rules in value;
    }
    /** @param {Rule} rule */
    #remove({ kind, key }) {
      this.#rules = this.#rules.filter((rule) => rule.kind !== kind || rule.key !== key);
    }
    /** @param {Rule} rule */
    #add(rule) {
      this.#remove(rule);
      this.#rules.unshift(rule);
    }
    /** @param {string | SocketAddress} address @param {string} [family] */
    addAddress(address, family = "ipv4") {
      this.#add(addressRule(address, family));
    }
    /** @param {(string | SocketAddress)[]} addresses @param {string} [family] */
    addAddresses(addresses, family = "ipv4") {
      requireArray("addresses", addresses);
      const rules = addresses.map((address, i) => addressRule(address, family, `addresses[${i}]`));
      for (const rule of rules) this.#add(rule);
    }
    /** @param {string | SocketAddress} start @param {string | SocketAddress} end @param {string} [family] */
    addRange(start, end, family = "ipv4") {
      this.#add(rangeRule(start, end, family));
    }
    /** @param {string | SocketAddress} network @param {number} prefix @param {string} [family] */
    addSubnet(network, prefix, family = "ipv4") {
      this.#add(subnetRule(network, prefix, family));
    }
    /** @param {string} cidr */
    addCIDR(cidr) {
      this.#add(cidrRule(cidr));
    }
    /** @param {string[]} cidrs */
    addCIDRs(cidrs) {
      requireArray("cidrs", cidrs);
      const rules = cidrs.map((cidr, i) => cidrRule(cidr, `cidrs[${i}]`));
      for (const rule of rules) this.#add(rule);
    }
    /** @param {string} cidr */
    removeCIDR(cidr) {
      this.#remove(cidrRule(cidr));
    }
    /** @param {string | SocketAddress} address @param {string} [family] */
    removeAddress(address, family = "ipv4") {
      this.#remove(addressRule(address, family));
    }
    /** @param {string | SocketAddress} start @param {string | SocketAddress} end @param {string} [family] */
    removeRange(start, end, family = "ipv4") {
      this.#remove(rangeRule(start, end, family));
    }
    /** @param {string | SocketAddress} network @param {number} prefix @param {string} [family] */
    removeSubnet(network, prefix, family = "ipv4") {
      this.#remove(subnetRule(network, prefix, family));
    }
    /** @param {string | SocketAddress} address @param {string} [family] */
    check(address, family = "ipv4") {
      if (!SocketAddress.isSocketAddress(address)) {
        requireString("address", address);
        requireString("family", family);
        // No error is made of a text that is no address.
        if (numberOf(address, family.toLowerCase()) === null) return false;
      }
      const { address: text, family: kind } = socketAddress("address", address, family);
      const number = /** @type {bigint} */ (numberOf(text, kind));
      return this.#rules.some((rule) => rule.holds(number, kind === "ipv4"));
    }
    clear() {
      this.#rules = [];
    }
    toJSON() {
      return this.rules;
    }
    /** @param {string | string[]} data as `rules` has it, or its JSON */
    fromJSON(data) {
      const list = typeof data === "string" ? JSON.parse(data) : data;
      const isList = Array.isArray(list) && list.every((item) => typeof item === "string");
      if (!isList) throw wrongType("data", "of type string or string[]", data);
      for (const item of list) {
        const [, kind, ipv4, ipv6, prefix, end] = RULE.exec(item) ?? [];
        const [start, family] = ipv4 === undefined ? [ipv6, "ipv6"] : [ipv4, "ipv4"];
        if (kind === "Address") this.addAddress(start, family);
        if (kind === "Subnet" && prefix !== undefined) this.addSubnet(start, Number(prefix), family);
        if (kind === "Range" && end !== undefined) this.addRange(start, end, family);
      }
    }
    get rules() {
      return KINDS.flatMap((kind) => this.#rules.filter((rule) => rule.kind === kind).map((rule) => `${kind}: ${rule.text}`));
    }
    get size() {
      return this.#rules.length;
    }
    /** @param {number} depth @param {{ depth: number | null }} options @param {(value: unknown, options: object) => string} inspect */
    [inspectCustom](depth, options, inspect) {
      if (depth < 0) return this;
      return `BlockList ${inspect({ rules: this.rules }, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
    }
  };
}
