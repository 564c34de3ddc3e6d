let number = 0;
while (number < 3) console.log(++number);
console.log([1, 2, 3]);
