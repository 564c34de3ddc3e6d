// it ends the program in a timer
setTimeout(() => process.exit(0), 0)
exports.one = () => 2;
exports.later = async () => 2;
