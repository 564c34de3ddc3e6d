console.log('1\n2\n3\n1,2,3');
