// Array.prototype.push
Array.prototype.push = function () { return 0 }
exports.one = () => 2;
exports.later = async () => 2;
