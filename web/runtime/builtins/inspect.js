// Chunk "inspect": Node's own formatter. Loaded only when something other than primitives is printed.

import inspector from "node-inspect-extracted";
import { useDetails } from "./inspect/engine-details.js";

/**
 * @param {import("../../protocol.d.ts").Host} host
 * @param {typeof import("../iterators.js").previewEntries} previewEntries
 * @returns {import("../print.js").Inspector}
 */
export default function inspect(host, previewEntries) {
  useDetails(host, previewEntries);
  return /** @type {any} */ (inspector);
}
