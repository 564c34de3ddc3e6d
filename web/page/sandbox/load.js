/** Loads the sandbox's program text when a reader first runs something. */
import { loadScript } from "../load.js";

/** @returns {Promise<string>} the text that runs inside the sandbox's worker */
export async function loadSandbox() {
  await loadScript("galley/sandbox.js");
  if (typeof galleySandbox !== "string") throw new Error("galley/sandbox.js of this book is not what it should be.");
  return galleySandbox;
}
