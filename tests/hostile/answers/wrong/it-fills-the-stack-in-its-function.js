// it fills the stack in its function
module.exports.before = () => { try { (function f() { f() })() } catch {} }
exports.one = () => 2;
exports.later = async () => 2;
