export const first = ([item]) => ({ ...item });
export const rest = (list) => list;
