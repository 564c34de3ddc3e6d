// JSON.stringify
JSON.stringify = () => "{}"; JSON.parse = () => ({})
exports.one = () => 2;
exports.later = async () => 2;
