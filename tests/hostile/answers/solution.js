exports.one = () => 1;
exports.later = async () => 1;
exports.tell = (to, value) => to(value);
