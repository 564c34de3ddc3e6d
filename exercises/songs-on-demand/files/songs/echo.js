import { loaded } from '../loaded.js';

loaded.push('echo');

export default 'Hello, hello, hello';
