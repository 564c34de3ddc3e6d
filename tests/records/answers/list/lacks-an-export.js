export const first = ([item]) => item;
