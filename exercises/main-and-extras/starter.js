const play = (title) => `Now playing: ${title}`;

const pause = () => 'Silence';

const loudest = 10;

export default { play, pause, loudest };
