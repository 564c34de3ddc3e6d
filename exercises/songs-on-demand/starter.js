export async function sing(title) {
  throw new Error('TODO');
}
