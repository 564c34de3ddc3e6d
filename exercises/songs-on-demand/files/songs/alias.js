import { loaded } from '../loaded.js';

loaded.push('alias');

export default 'Call me by my other name';
