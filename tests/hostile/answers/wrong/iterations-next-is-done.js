// iteration's next is done
Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true })
exports.one = () => 2;
exports.later = async () => 2;
