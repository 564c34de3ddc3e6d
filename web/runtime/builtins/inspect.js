// Chunk "inspect": Node's own formatter. Loaded only when something other than primitives is printed.

import inspector from "node-inspect-extracted";
import { useHost } from "./engine-details.js";

/** @param {import("../../protocol.d.ts").Host} host @returns {import("../print.js").Inspector} */
export default function inspect(host) {
  useHost(host);
  return /** @type {any} */ (inspector);
}
