/** The titles of all songs that have been loaded so far. */
export const loaded = [];
