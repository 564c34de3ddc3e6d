// The index of the first item is 0. People who read a sleeve begin with 1.
const { band, songs, split } = require('./session.js');

console.log(band);

songs.forEach(({ title, seconds: total }, index) => {
  const { minutes, seconds } = split(total);
  console.log(`${index}. ${title} (${minutes}:${seconds})`);
});
