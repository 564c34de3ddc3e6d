/** What a page comes to a moment later. */

/** Tries again for five seconds. @param {() => Promise<void>} body */
export async function assertSoon(body) {
  for (let left = 50; ; left--) {
    try {
      return await body();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
