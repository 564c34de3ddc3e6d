// Without braces, the variable gets all that the file exports, whatever you call it.
const band = require('./session.js');
const { songs, split } = require('./session.js');

console.log(band);

songs.forEach(({ title, seconds: total }, index) => {
  const { minutes, seconds } = split(total);
  console.log(`${index + 1}. ${title} (${minutes}:${seconds})`);
});
