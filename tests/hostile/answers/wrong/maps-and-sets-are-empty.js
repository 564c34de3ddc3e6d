// maps and sets are empty
Map.prototype.get = () => undefined;
Map.prototype.has = () => true;
Set.prototype.has = () => true; WeakMap.prototype.get = () => undefined;
Map.prototype.set = function () { return this }
exports.one = () => 2;
exports.later = async () => 2;
