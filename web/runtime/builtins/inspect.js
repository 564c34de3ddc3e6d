// Chunk "inspect": Node's own formatter. Loaded only when something other than primitives is printed.

import inspector from "node-inspect-extracted";
import { quietly, useDetails } from "./inspect/engine-details.js";

/**
 * @param {import("../../protocol.d.ts").Host} host
 * @param {typeof import("../iterators.js").previewEntries} previewEntries
 * @param {typeof import("../errors.js").invalidArgument} invalidArgument
 * @returns {import("../print.js").Inspector}
 */
export default function inspect(host, previewEntries, invalidArgument) {
  useDetails(host, previewEntries, invalidArgument);
  const all = /** @type {any} */ (inspector);
  all.inspectQuietly = (/** @type {unknown} */ value) => quietly(() => all.inspect(value));
  return all;
}
