const play = (title) => `Now playing: ${title}`;

export default play;

export const pause = () => 'Silence';

export const loudest = 10;
