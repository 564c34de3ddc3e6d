// When you rename in a destructuring, the property comes first. You have asked for a property that no song has.
const { band, songs, split } = require('./session.js');

console.log(band);

songs.forEach(({ title, total: seconds }, index) => {
  const length = split(seconds);
  console.log(`${index + 1}. ${title} (${length.minutes}:${length.seconds})`);
});
