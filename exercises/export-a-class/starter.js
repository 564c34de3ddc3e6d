class Mixtape {
  constructor(minutes) {
    this.left = minutes;
    this.titles = [];
  }

  add(title, minutes) {
    throw new Error('TODO');
  }
}
