export const first = ([item]) => item;
export const rest = ([, ...items]) => items;
