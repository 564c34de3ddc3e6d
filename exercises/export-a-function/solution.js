const announce = (title) => `${announce.prefix}${title}`;

announce.prefix = 'Now playing: ';

module.exports = announce;
