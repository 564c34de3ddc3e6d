// You call a method of the namespace object. It has none: it inherits from no other object.
import * as effects from './effects.js';

export const list = () => Object.keys(effects);

export const has = (name) => effects.hasOwnProperty(name);

export const patched = (changes) => ({ ...effects, ...changes });
