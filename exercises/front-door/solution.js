export { strum, tune as tuneGuitar } from './guitar.js';
export { slap, tune as tuneBass } from './bass.js';
export { default as drum, beats } from './drums.js';
