// Now there is an object with a function in it. The caller wants the function itself.
const announce = (title) => `${announce.prefix}${title}`;

announce.prefix = 'Now playing: ';

exports.announce = announce;
