export const first = await new Promise(() => {});
export const rest = (list) => list;
