// Chunk "net": node:net without the network: addresses, and lists of them.

/** @import { Kit } from "../kit.js" */

import { requireInteger, wrongType } from "./argument-checks.js";
import { createBlockList } from "./block-list.js";
import { isIP, isIPv4, isIPv6 } from "./ip-addresses.js";
import { lackingFunctions } from "./lacking.js";
import { createSocketAddress } from "./socket-address.js";

/** @param {Kit} kit */
export default function net(kit) {
  const lacking = lackingFunctions(kit, "node:net", "connect createConnection createServer Server Socket Stream BoundSocket");
  const SocketAddress = createSocketAddress(kit);
  let selectsFamily = true;
  let timeout = 250;
  return {
    BlockList: createBlockList(kit, SocketAddress),
    SocketAddress,
    ...lacking,
    isIP,
    isIPv4,
    isIPv6,
    getDefaultAutoSelectFamily: () => selectsFamily,
    /** @param {boolean} value */
    setDefaultAutoSelectFamily(value) {
      if (typeof value !== "boolean") throw wrongType("value", "of type boolean", value);
      selectsFamily = value;
    },
    getDefaultAutoSelectFamilyAttemptTimeout: () => timeout,
    /** @param {number} value milliseconds */
    setDefaultAutoSelectFamilyAttemptTimeout(value) {
      requireInteger("value", value, 1, 2 ** 31 - 1);
      timeout = Math.max(value, 10);
    },
  };
}
