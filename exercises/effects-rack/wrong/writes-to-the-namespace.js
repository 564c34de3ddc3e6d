// You try to change the module that you have imported. From outside, its exports can only be read.
import * as effects from './effects.js';

export const list = () => Object.keys(effects);

export const has = (name) => Object.hasOwn(effects, name);

export const patched = (changes) => Object.assign(effects, changes);
