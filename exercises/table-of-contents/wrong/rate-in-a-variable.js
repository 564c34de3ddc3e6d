// There are two rates now: one in a variable of the file and a copy of it in the object. Each change reaches only one of them.
let rate = 1.5;

const faster = (seconds) => seconds / rate;

const slower = (seconds) => seconds * rate;

const setRate = (value) => {
  rate = value;
};

module.exports = { rate, faster, slower, setRate };
