const queue = [];

exports.add = (title) => {
  queue.push(title);
  return queue.length;
};

exports.next = () => queue.shift();

exports.titles = () => [...queue];
