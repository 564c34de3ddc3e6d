export async function sing(title) {
  try {
    const song = await import(`./songs/${title}.js`);
    return song.default;
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(`No such song: ${title}`);
  }
}
