exports.volume = 5;
