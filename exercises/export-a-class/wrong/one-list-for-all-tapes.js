// The list belongs to the file, and the file runs once. So all tapes write into the same list.
const titles = [];

class Mixtape {
  constructor(minutes) {
    this.left = minutes;
    this.titles = titles;
  }

  add(title, minutes) {
    if (minutes > this.left) return false;

    this.left -= minutes;
    this.titles.push(title);
    return true;
  }
}

module.exports = Mixtape;
