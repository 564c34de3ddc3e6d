const average = (numbers) => numbers[0];
