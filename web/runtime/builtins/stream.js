// Chunk "stream": node:stream with its promises and consumers.

import { useKit } from "./kit-of-packages.js";
import { installAdapters } from "./stream-adapters.js";
import { createConsumers } from "./stream-consumers.js";

/** @param {import("../kit.js").Kit} kit */
export default function stream(kit) {
  useKit(kit);
  const exports = require("readable-stream/lib/stream.js");
  installAdapters(exports, kit);
  Object.defineProperty(exports, "consumers", { value: createConsumers(kit), configurable: true });
  return exports;
}
