export let level = 0;

export const raise = () => {
  if (level < 5) level += 1;
};

export const mute = () => {
  level = 0;
};
