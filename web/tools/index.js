// Chunk "tools": reads a source before it runs. It gives the comments and the statements that they stand at, and
// inserts the recorder's calls; and says, when one of its places failed, what V8 would say. It does not know what a comment claims, and runs nothing of the author's.

/** @import { Tools } from "../protocol.d.ts" */

import { misconceptions } from "./misconceptions.js";
import { mutants } from "./mutants.js";
import tools from "./page.js";
import { read } from "./prepare.js";

/** @type {Tools} */
export default { ...tools, read: (program) => read(program, { misconceptions, mutants }) };
