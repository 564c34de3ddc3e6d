// it ends the program in its function
module.exports.before = () => process.exit(0)
exports.one = () => 2;
exports.later = async () => 2;
