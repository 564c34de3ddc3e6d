require('./log.js').push('organ');

exports.play = () => 'toccata';
