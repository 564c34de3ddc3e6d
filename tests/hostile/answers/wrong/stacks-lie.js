// stacks lie
Error.prepareStackTrace = () => "/test.js";
Error.stackTraceLimit = 0;
require("node:test").only("fine", () => {})
exports.one = () => 2;
exports.later = async () => 2;
