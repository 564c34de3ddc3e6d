// an expect() of the answer's counts as one of the test's
exports.one = () => { try { expect(1); } catch {} return 2; };
exports.later = async () => exports.one();
