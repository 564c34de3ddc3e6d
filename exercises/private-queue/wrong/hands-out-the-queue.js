// What titles returns is the queue itself. The caller has a second name for it, and can do with it what it likes.
const queue = [];

exports.add = (title) => {
  queue.push(title);
  return queue.length;
};

exports.next = () => queue.shift();

exports.titles = () => queue;
