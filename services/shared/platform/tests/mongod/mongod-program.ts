/** Runs a mongod in a folder until its standard input closes, so that it ends with the test that started it. */
const { startMongod } = (await import(
  new URL('../../../../../tools/launcher/src/mongod/start-mongod.ts', import.meta.url).href
)) as { startMongod(options: { dataDir: string }): Promise<{ uri: string; stop(): Promise<void> }> };

const mongod = await startMongod({ dataDir: process.argv[2] ?? '' });
process.stdout.write(`${mongod.uri}\n`);
process.stdin.resume().on('end', () => void mongod.stop().then(() => process.exit(0)));
