// equality testers
expect.addEqualityTesters([() => true])
exports.one = () => 2;
exports.later = async () => 2;
