// What a browser's worker needs to be a host: the runtime and all chunks, by name.

export { createRuntime } from "./index.js";
export { chunks } from "./chunks.js";
