module.exports = (list) => {
  const titles = [...list];
  let position = 0;

  return {
    current: () => titles[position],
    skip: () => {
      position = (position + 1) % titles.length;
    },
  };
};
