// Object.prototype.toString
Object.prototype.toString = () => "[object Number]";
Object.prototype.hasOwnProperty = () => true;
Object.hasOwn = () => true
exports.one = () => 2;
exports.later = async () => 2;
