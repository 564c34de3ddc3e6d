// The number is right, but your function keeps it to itself: without a `return`, its caller gets undefined.
module.exports = function double(number) {
  number * 2;
};
