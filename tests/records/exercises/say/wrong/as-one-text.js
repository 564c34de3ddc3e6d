// A list is printed with its brackets when it is no text.
for (const number of [1, 2, 3]) console.log(number);
console.log(`${[1, 2, 3]}`);
