// Chunk "tools": reads a source before it runs. It gives the comments and the statements that they stand at, and
// inserts the recorder's calls; and says, when one of its places failed, what V8 would say. It does not know what a comment claims, and runs nothing of the author's.

/** @import { Tools } from "../protocol.d.ts" */

import { v8Words } from "./failure.js";
import { globalNames } from "./global-names.js";
import { instrument } from "./instrument.js";
import { parse } from "./parse.js";
import { prepare, read } from "./prepare.js";

/** @type {Tools} */
const tools = { parse, instrument, read, prepare, v8Words, globalNames };
export default tools;
