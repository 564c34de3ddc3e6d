module.exports = ({ hour, say = console.log }) => ({
  announce: (title) => {
    const greeting = hour() < 12 ? 'Good morning' : 'Good evening';
    say(`${greeting}, here is ${title}`);
  },
});
