// Assigning to exports moves that name only. What you add to it from there on is on an object that no caller gets.
exports.toFahrenheit = (celsius) => (celsius * 9) / 5 + 32;

exports = {
  toCelsius: (fahrenheit) => ((fahrenheit - 32) * 5) / 9,
};

exports.freezing = 0;

exports.define = (name, convert) => {
  exports[name] = convert;
};
