/** What a page comes to a moment later. */

/** After this nobody waits for it any more: far more than a busy machine needs, for only what fails takes as long. Milliseconds. */
export const PATIENCE = 60_000;

/**
 * Tries again until it holds.
 * @param {() => Promise<void>} body
 */
export async function assertSoon(body) {
  const until = performance.now() + PATIENCE;
  for (;;) {
    try {
      return await body();
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
