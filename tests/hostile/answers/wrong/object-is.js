// Object.is
Object.is = () => true
exports.one = () => 2;
exports.later = async () => 2;
