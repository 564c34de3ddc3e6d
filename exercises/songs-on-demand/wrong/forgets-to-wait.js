// You look for the default export on the promise. The module is not there yet: wait for it first.
export async function sing(title) {
  try {
    const song = import(`./songs/${title}.js`);
    return song.default;
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(`No such song: ${title}`);
  }
}
