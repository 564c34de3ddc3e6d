const session = require('./session.js');

console.log(session);
