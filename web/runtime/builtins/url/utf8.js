// The UTF-8 that whatwg-url takes from the globals TextEncoder and TextDecoder, which a program may replace.

import { utf8fromStringLoose, utf8toStringLoose } from "@exodus/bytes/utf8.js";

export const utf8Encode = utf8fromStringLoose;
export const utf8DecodeWithoutBOM = utf8toStringLoose;
