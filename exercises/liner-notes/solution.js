const { band, songs, split } = require('./session.js');

console.log(band);

songs.forEach(({ title, seconds: total }, index) => {
  const { minutes, seconds } = split(total);
  console.log(`${index + 1}. ${title} (${minutes}:${seconds})`);
});
