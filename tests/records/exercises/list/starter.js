export const first = (list) => {};
export const rest = (list) => {};
