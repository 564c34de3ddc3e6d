// numbers
Number.isNaN = () => true;
Math.abs = () => 0;
Number.prototype.valueOf = () => 2;
Number.isInteger = () => true;
globalThis.isNaN = () => true
exports.one = () => 2;
exports.later = async () => 2;
