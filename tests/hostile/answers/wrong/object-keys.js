// Object.keys
Object.keys = () => [];
Object.entries = () => [];
Object.getOwnPropertyNames = () => [];
Reflect.ownKeys = () => []
exports.one = () => 2;
exports.later = async () => 2;
