// Promise.resolve
const P = Promise; P.resolve = () => new P(() => {}); P.reject = () => P.resolve(1); P.all = () => P.resolve([])
exports.one = () => 2;
exports.later = async () => 2;
