// You export one finished tape. The caller wants to make tapes itself, of any length and as many as it likes.
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

module.exports = new Mixtape(60);
