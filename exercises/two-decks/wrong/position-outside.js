// Each deck has its own titles now, but there is still only one position, because the file runs once.
let position = 0;

module.exports = (list) => {
  const titles = [...list];

  return {
    current: () => titles[position],
    skip: () => {
      position = (position + 1) % titles.length;
    },
  };
};
