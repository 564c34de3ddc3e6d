import { level } from './answer.js';

export const bar = () => '#'.repeat(level);
