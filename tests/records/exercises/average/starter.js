exports.average = (numbers) => {
  throw new Error('TODO');
};
