console.log(1);
for (;;);
