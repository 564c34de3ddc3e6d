console.log('loaded');

exports.average = (numbers) => {
  console.log('average of', numbers);
  if (numbers.length === 0) throw new RangeError('no numbers');
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum / numbers.length;
};
