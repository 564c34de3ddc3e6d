// An import declaration loads its file before the first line runs. You have loaded songs that nobody may ever want, and left out the others.
import echo from './songs/echo.js';
import alias from './songs/alias.js';

const songs = { echo, alias };

export async function sing(title) {
  if (!Object.hasOwn(songs, title)) throw new Error(`No such song: ${title}`);
  return songs[title];
}
