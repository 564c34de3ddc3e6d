// You pass on three objects with everything inside. The callers want six names, without a box around them.
export * as guitar from './guitar.js';
export * as bass from './bass.js';
export * as drums from './drums.js';
