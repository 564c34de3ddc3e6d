// You have the sum. How many numbers are there?
exports.average = (numbers) => {
  if (numbers.length === 0) throw new RangeError('no numbers');
  return numbers.reduce((sum, number) => sum + number, 0);
};
