export * from './guitar.js';
export * from './bass.js';
export * from './drums.js';
