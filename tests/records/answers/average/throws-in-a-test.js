exports.average = (numbers) => numbers.sum() / numbers.length;
