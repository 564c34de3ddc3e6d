export const distort = (sound) => `${sound}!`;

export const echo = (sound) => `${sound} ${sound}`;

export const chorus = (sound) => `${sound} & ${sound}`;
