// Domain names, in place of tr46 with its tables (build/provided.mjs): ASCII as it stands, letters and digits of other
// scripts by Punycode. Other characters need UTS 46's mapping, which is not here.

import punycode from "punycode/punycode.es6.js";
import { unsupported } from "../../errors.js";

const ASCII = /^[\0-\x7f]*$/;
const LETTERS = /^[\p{L}\p{M}\p{Nd}.-]*$/u;

/** @param {string} domain */
export function toASCII(domain) {
  const lower = domain.toLowerCase();
  if (ASCII.test(lower)) return lower;
  const normal = lower.replace(/[\u3002\uff0e\uff61]/g, ".").normalize("NFKC").toLowerCase();
  if (!LETTERS.test(normal)) throw unsupported("internationalised domain names beyond letters and digits");
  return punycode.toASCII(normal);
}

/** @param {string} domain */
export const toUnicode = (domain) => ({ domain: punycode.toUnicode(domain.toLowerCase()), error: false });
