/** What a page comes to a moment later. */

/** After this nobody waits for it any more: far more than a busy machine needs, for only what fails takes as long. Milliseconds. */
export const PATIENCE = 60_000;

/**
 * Tries again until it holds.
 * @param {() => Promise<void>} body
 * @param {number} [within] milliseconds
 */
export async function assertSoon(body, within = PATIENCE) {
  for (let left = within / 100; ; left--) {
    try {
      return await body();
    } catch (error) {
      if (left <= 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
