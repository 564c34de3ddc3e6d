// Chunk "legacyUrl": url.parse, url.format and url.resolve, as they were before the class URL.

import { useKit } from "./kit-of-packages.js";

/** @param {import("../kit.js").Kit} kit */
export default function legacyUrl(kit) {
  useKit(kit);
  return require("url/url.js");
}
