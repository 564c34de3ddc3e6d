const { describe } = require('./song.js');

exports.title = 'First Reference';

exports.list = () => ['Echo', 'Alias'].map((title) => describe(title));
