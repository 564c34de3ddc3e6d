export const first = (list) => list.shift();
export const rest = (list) => list;
