exports.announce = (title) => {
  const greeting = new Date().getHours() < 12 ? 'Good morning' : 'Good evening';
  console.log(`${greeting}, here is ${title}`);
};
