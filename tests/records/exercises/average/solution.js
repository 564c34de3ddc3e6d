exports.average = (numbers) => {
  if (numbers.length === 0) throw new RangeError('no numbers'); // mutant-ok
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
};
