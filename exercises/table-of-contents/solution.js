const faster = (seconds) => seconds / speed.rate;

const slower = (seconds) => seconds * speed.rate;

const setRate = (rate) => {
  speed.rate = rate;
};

const speed = { rate: 1.5, faster, slower, setRate };

module.exports = speed;
