// Chunk "glob": path.matchesGlob, by the package that Node itself has for it, with Node's options.

import { minimatch } from "minimatch";

export default function glob() {
  /** @param {string} path @param {string} pattern @param {"linux" | "win32"} platform */
  return (path, pattern, platform) =>
    minimatch(path, pattern, {
      nocase: platform === "win32",
      windowsPathsNoEscape: true,
      nonegate: true,
      nocomment: true,
      optimizationLevel: 2,
      platform,
      nocaseMagicOnly: true,
    });
}
