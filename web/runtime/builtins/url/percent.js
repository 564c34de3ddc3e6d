// Percent-encoding of a query, always from UTF-8 (whatwg-url would ask a package with all encodings of old).

import { utf8fromStringLoose } from "@exodus/bytes/utf8.js";

/**
 * @param {string} _encoding
 * @param {string} input
 * @param {string} encodeSet
 * @param {boolean} [spaceAsPlus]
 */
export function percentEncodeAfterEncoding(_encoding, input, encodeSet, spaceAsPlus = false) {
  let text = "";
  for (const byte of utf8fromStringLoose(input)) {
    const character = String.fromCharCode(byte);
    if (spaceAsPlus && character === " ") text += "+";
    else if (byte < 0x20 || byte > 0x7e || encodeSet.includes(character)) text += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    else text += character;
  }
  return text;
}
