// node:querystring, in place of the package that npm url asks for.

import { builtin } from "../kit-of-packages.js";

/** @param {string} text */
export const parse = (text) => builtin("querystring").parse(text);

/** @param {object} query */
export const stringify = (query) => builtin("querystring").stringify(query);
