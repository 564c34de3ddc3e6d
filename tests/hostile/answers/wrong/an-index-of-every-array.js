// an index of every array
for (let i = 0; i < 50; i++) Object.defineProperty(Array.prototype, i, { get: () => undefined, set() {}, configurable: true })
exports.one = () => 2;
exports.later = async () => 2;
