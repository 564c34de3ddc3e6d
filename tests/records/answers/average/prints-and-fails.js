exports.average = (numbers) => {
  console.log('average of', numbers);
  console.error('not yet');
  return numbers.length > 0 ? numbers[0] : 0;
};
