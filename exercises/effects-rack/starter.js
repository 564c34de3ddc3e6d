import * as effects from './effects.js';

export const list = () => {
  throw new Error('TODO');
};

export const has = (name) => {
  throw new Error('TODO');
};

export const patched = (changes) => {
  throw new Error('TODO');
};
