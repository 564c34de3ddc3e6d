exports.one = () => { throw new Error('TODO'); };
exports.later = async () => exports.one();
