exports.rate = 1.5;

exports.faster = (seconds) => seconds / exports.rate;

exports.slower = (seconds) => seconds * exports.rate;

exports.setRate = (rate) => {
  exports.rate = rate;
};
