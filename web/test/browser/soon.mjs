/** What a page comes to a moment later. */

/**
 * Tries again until it holds.
 * @param {() => Promise<void>} body
 * @param {number} [within] milliseconds
 */
export async function assertSoon(body, within = 5000) {
  for (let left = within / 100; ; left--) {
    try {
      return await body();
    } catch (error) {
      if (left <= 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
