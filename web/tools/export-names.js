// The names that a CommonJS file gives to ES modules: those that Node's own lexer reads in its text.

// By its path: the package's main file is WebAssembly for importers.
import lexer from "../node_modules/cjs-module-lexer/lexer.js";

/**
 * @param {string} source
 * @returns {{ names: string[], reexports: string[] }} `reexports`: specifiers whose names are exported too
 */
export function exportNames(source) {
  // Every form that the lexer knows has one of these words in it.
  if (!/exports|require/.test(source)) return { names: [], reexports: [] };
  try {
    const { exports, reexports } = lexer.parse(source);
    return { names: [...new Set(exports)], reexports: [...new Set(reexports)] };
  } catch {
    // The lexer gives up on texts that it can't read; Node then knows of no names either.
    return { names: [], reexports: [] };
  }
}
