// everything is skipped but once
let n = 0;
Object.defineProperty(Object.prototype, "skip", { get() { return n++ > 0 }, configurable: true })
exports.one = () => 2;
exports.later = async () => 2;
