// An import declaration loads its file before the first line runs. So each song in your table is loaded, wanted or not, and any other is missing.
import echo from './songs/echo.js';
import alias from './songs/alias.js';

const songs = { echo, alias };

export async function sing(title) {
  if (!Object.hasOwn(songs, title)) throw new Error(`No such song: ${title}`);
  return songs[title];
}
