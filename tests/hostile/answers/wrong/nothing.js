// nothing
exports.one = () => 2;
exports.later = async () => 2;
