// Your functions still say exports. Since the last line, that name leads to an object that has no rate.
const faster = (seconds) => seconds / exports.rate;

const slower = (seconds) => seconds * exports.rate;

const setRate = (rate) => {
  exports.rate = rate;
};

module.exports = { rate: 1.5, faster, slower, setRate };
