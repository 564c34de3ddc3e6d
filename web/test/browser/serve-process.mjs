/** `mdbook-galley serve`, started as an author would. */
import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Gives the address once the book was built the first time.
 * @param {string} galley the binary
 * @param {string} book
 * @param {{ port?: string, cache: string }} settings
 */
export async function startServe(galley, book, { port = "0", cache }) {
  const child = spawn(galley, ["serve", book, "--port", port, "--cache-dir", cache], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (data) => (said += data));
  const url = await new Promise((resolve, reject) => {
    child.stderr.on("data", (data) => {
      said += data;
      const found = /^serving (\S+);/m.exec(said);
      if (found) resolve(found[1]);
    });
    child.once("exit", () => reject(new Error(`serve has ended:\n${said}`)));
    child.once("error", reject);
  });
  return {
    url: /** @type {string} */ (url),
    /** What it printed. */
    said: () => said,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, "exit");
    },
  };
}
