throw new RangeError('the needle jumps');
