// Chunk "parseArgs": util.parseArgs.

import { parseArgs } from "@pkgjs/parseargs";

/** @param {import("../kit.js").Kit} kit */
export default function parseArgsModule(kit) {
  /** @param {any} [config] */
  return (config = {}) => parseArgs({ args: kit.process.argv.slice(2), ...config });
}
