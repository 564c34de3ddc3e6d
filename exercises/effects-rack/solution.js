import * as effects from './effects.js';

export const list = () => Object.keys(effects);

export const has = (name) => Object.hasOwn(effects, name);

export const patched = (changes) => ({ ...effects, ...changes });
