exports = (title) => `${exports.prefix}${title}`;

exports.prefix = 'Now playing: ';
