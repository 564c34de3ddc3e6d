// all of Array.prototype
for (const k of Object.getOwnPropertyNames(Array.prototype)) if (typeof Array.prototype[k] === "function" && k !== "constructor") Array.prototype[k] = () => []
exports.one = () => 2;
exports.later = async () => 2;
