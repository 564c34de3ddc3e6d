// everything fails on purpose
Object.prototype.fails = true
exports.one = () => 2;
exports.later = async () => 2;
