// errors are none
globalThis.Error = function () { return {} };
globalThis.TypeError = globalThis.Error;
Error[Symbol.hasInstance] = () => true
exports.one = () => 2;
exports.later = async () => 2;
