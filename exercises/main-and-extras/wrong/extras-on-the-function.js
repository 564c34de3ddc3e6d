// You have hung the extras on the function, as is usual with require. An import in braces does not look for properties of the default export.
const play = (title) => `Now playing: ${title}`;

play.pause = () => 'Silence';

play.loudest = 10;

export default play;
