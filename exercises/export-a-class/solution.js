class Mixtape {
  constructor(minutes) {
    this.left = minutes;
    this.titles = [];
  }

  add(title, minutes) {
    if (minutes > this.left) return false;

    this.left -= minutes;
    this.titles.push(title);
    return true;
  }
}

module.exports = Mixtape;
