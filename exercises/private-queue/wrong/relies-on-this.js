// One of your functions looks for another in this. A caller that has taken it out of the object calls it without one.
const queue = [];

module.exports = {
  add(title) {
    queue.push(title);
    return this.titles().length;
  },
  next: () => queue.shift(),
  titles: () => [...queue],
};
