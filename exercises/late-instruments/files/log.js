/** The names of all instruments that have been loaded so far. */
module.exports = [];
