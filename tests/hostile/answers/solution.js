exports.one = () => 1;
exports.later = async () => 1;
