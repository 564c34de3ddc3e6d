// The function is exported, but its prefix is set on the first object, which no caller will see.
module.exports = (title) => `${exports.prefix}${title}`;

exports.prefix = 'Now playing: ';
