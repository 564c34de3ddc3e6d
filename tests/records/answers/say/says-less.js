console.log('1\n2');
