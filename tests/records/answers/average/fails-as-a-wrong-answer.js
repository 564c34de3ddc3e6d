exports.average = (numbers) => {
  if (!numbers.length) throw new RangeError('no numbers');
  let total = 0;
  numbers.forEach((number) => {
    total = total + number;
  });
  return total;
};
