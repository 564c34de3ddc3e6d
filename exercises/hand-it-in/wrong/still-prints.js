// The clock is handed in, but your announcer still speaks on the console, whatever say it was given.
module.exports = ({ hour }) => ({
  announce: (title) => {
    const greeting = hour() < 12 ? 'Good morning' : 'Good evening';
    console.log(`${greeting}, here is ${title}`);
  },
});
