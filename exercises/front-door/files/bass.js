export const slap = () => 'slap';

export const tune = () => 'E A D G';
