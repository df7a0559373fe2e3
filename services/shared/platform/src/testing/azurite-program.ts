/** Runs Azurite until its standard input closes, so that it ends with the test that started it, however that ends. */
process.stdin.resume().on('end', () => process.exit(0));
await import(import.meta.resolve('azurite/dist/src/blob/main.js'));
