// You read the clock when the announcer is made. It will wish a good morning until the program ends.
module.exports = ({ hour, say = console.log }) => {
  const greeting = hour() < 12 ? 'Good morning' : 'Good evening';

  return {
    announce: (title) => say(`${greeting}, here is ${title}`),
  };
};
