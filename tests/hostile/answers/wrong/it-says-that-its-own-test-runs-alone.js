// it says that its own test runs alone
require("node:test").only("fine", () => {});
test.only("fine", () => {});
describe.only("d", () => { it("fine", () => {}) });
fit("fine", () => {})
exports.one = () => 2;
exports.later = async () => 2;
