// Your functions return a new level and leave the variable as it is. Nobody who has imported it sees a change.
export let level = 0;

export const raise = () => Math.min(level + 1, 5);

export const mute = () => 0;
