// everything is to do
Object.prototype.todo = true;
Object.prototype.skip = false
exports.one = () => 2;
exports.later = async () => 2;
