exports.first = ([item]) => item;
