let position = 0;
const titles = ['Echo', 'Alias', 'Pointer'];

exports.current = () => titles[position];

exports.skip = () => {
  position = (position + 1) % titles.length;
};
