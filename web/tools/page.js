// The chunk "tools" as the page has it: what only the build asks of a source is left out.

/** @import { Tools } from "../protocol.d.ts" */

import { v8Words } from "./failure.js";
import { globalNames } from "./global-names.js";
import { instrument } from "./instrument.js";
import { parse } from "./parse.js";
import { prepare, read } from "./prepare.js";

/** @type {Tools} */
const tools = { parse, instrument, read: (program) => read(program), prepare, v8Words, globalNames };
export default tools;
