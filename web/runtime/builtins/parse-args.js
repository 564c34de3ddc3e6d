// Chunk "parseArgs": util.parseArgs.

import { parseArgs } from "@pkgjs/parseargs";
import { nodeError } from "../errors.js";

/** @param {import("../kit.js").Kit} kit */
export default function parseArgsModule(kit) {
  /** @param {any} [config] */
  return (config = {}) => {
    try {
      return parseArgs({ args: kit.process.argv.slice(2), ...config });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // The package throws Errors, Node TypeErrors.
      throw nodeError(TypeError, /** @type {any} */ (error).code, error.message);
    }
  };
}
