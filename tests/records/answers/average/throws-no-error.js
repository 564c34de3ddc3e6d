exports.average = () => {
  throw 'a text';
};
