exports.average = (numbers) => {
  let sum = 0;
  for (let at = 0; at < numbers.length; ) sum += numbers[at];
  return sum;
};
