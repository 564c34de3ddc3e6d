// its hook skips what fails
let n = 0;
require("node:test").beforeEach((t) => { if (n++ > 0) t.skip() });
beforeEach(function () { if (n++ > 0) this.skip() })
exports.one = () => 2;
exports.later = async () => 2;
