// In an object literal, what is spread last wins. Yours lets the original effects replace the changes.
import * as effects from './effects.js';

export const list = () => Object.keys(effects);

export const has = (name) => Object.hasOwn(effects, name);

export const patched = (changes) => ({ ...changes, ...effects });
