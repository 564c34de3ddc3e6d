// errors do not throw
Object.defineProperty(Error.prototype, "message", { get: () => "", set() {}, configurable: true });
Object.defineProperty(Error.prototype, "name", { get: () => { throw 1 }, configurable: true })
exports.one = () => 2;
exports.later = async () => 2;
