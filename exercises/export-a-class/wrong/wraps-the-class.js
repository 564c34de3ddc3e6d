// The class is a property of what you export. The caller wants the class itself, and puts new in front of it.
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

exports.Mixtape = Mixtape;
