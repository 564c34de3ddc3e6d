exports.add = (title) => {
  throw new Error('TODO');
};

exports.next = () => {
  throw new Error('TODO');
};

exports.titles = () => {
  throw new Error('TODO');
};
