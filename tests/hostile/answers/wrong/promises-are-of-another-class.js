// promises are of another class
class Evil { constructor(f) { f(() => {}, () => {}) } then(f) { f(1) } static resolve() { return new Evil(() => {}) } } try { Promise.prototype.constructor = Evil } catch {} try { Object.defineProperty(Promise, Symbol.species, { get: () => Evil }) } catch {} globalThis.Promise = Evil
exports.one = () => 2;
exports.later = async () => 2;
