let current = 0;

export const level = current;

export const raise = () => {
  if (current < 5) current += 1;
};

export const mute = () => {
  current = 0;
};
