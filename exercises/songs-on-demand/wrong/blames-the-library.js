// You take every error for a missing file. What if the file is there, and something in it fails?
export async function sing(title) {
  try {
    const song = await import(`./songs/${title}.js`);
    return song.default;
  } catch {
    throw new Error(`No such song: ${title}`);
  }
}
