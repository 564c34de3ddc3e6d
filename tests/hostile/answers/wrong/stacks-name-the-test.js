// stacks name the test
const site = { getFileName: () => "/test.js", getScriptNameOrSourceURL: () => "/test.js", getFunction() {}, isNative: () => false, getFunctionName: () => "x", getLineNumber: () => 1, getColumnNumber: () => 1 };
try { Object.defineProperty(Error, "prepareStackTrace", { get: () => (e, s) => [site], set() {} }) } catch {} require("node:test").only("fine", () => {});
beforeEach(function () { this.skip() })
exports.one = () => 2;
exports.later = async () => 2;
