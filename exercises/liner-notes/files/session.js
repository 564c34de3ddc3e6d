exports.band = 'The Aliases';

exports.songs = [
  { title: 'Echo', seconds: 215 },
  { title: 'Alias', seconds: 168 },
  { title: 'Second Reference', seconds: 251 },
];

exports.split = (total) => ({ minutes: Math.floor(total / 60), seconds: total % 60 });
